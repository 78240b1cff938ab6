import { Alert, Button, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { JsonTree } from "../parts/JsonTree.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { AnsweredByAll } from "./answers.ts"
import { useDecision } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord } from "./words.ts"

const WORDS = ["proceed", "stop", "see-me"] as const

/** The cleared officer's desk: questions of people who see a part, asked of everything. They learn one word. */
export function DeskScreen() {
  const { t } = useTranslation()
  const questions = useValue("reruns.list", {})
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.desk.title")} lead={t("authority.desk.lead")} />
      <Listing
        asked={questions}
        none={t("authority.desk.none")}
        idOf={(q) => q.rerun}
        columns={[
          {
            head: t("authority.desk.asker"),
            cell: (q) => (
              <>
                <Quoted>{q.asker.name}</Quoted>
                <Text size="xs" c="dimmed">
                  <Quoted>{[q.asker.organisation, q.asker.team, q.asker.contact].filter(Boolean).join(" · ")}</Quoted>
                </Text>
              </>
            ),
          },
          {
            head: t("authority.desk.means"),
            cell: (q) => (
              <>
                <bdi lang="en">{q.title}</bdi>
                {q.investigation && (
                  <Text size="xs" c="dimmed">
                    <Quoted>{q.investigation.name}</Quoted>
                  </Text>
                )}
              </>
            ),
          },
          { head: t("authority.desk.since"), cell: (q) => <bdi>{moment(q.askedAt)}</bdi> },
          { head: t("authority.reason"), cell: (q) => q.ground && <Quoted>{q.ground}</Quoted> },
          {
            cell: (q) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={chosen === q.rerun}
                onClick={() => setChosen(chosen === q.rerun ? null : q.rerun)}
              >
                {t("authority.desk.ask")}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <OverAll key={chosen} rerun={chosen} />}
    </Stack>
  )
}

function OverAll({ rerun }: { rerun: string }) {
  const { t } = useTranslation()
  const { data, error } = useValue("reruns.show", { rerun }, { slow: true })
  if (error) return <FailureNote failure={error} />
  if (!data) return <Working />
  return (
    <Section title={t("authority.desk.overAll")}>
      <Alert color={data.differs ? "red" : "teal"} variant="light" role="status">
        {data.differs ? t("authority.desk.differs") : t("authority.desk.same")}
      </Alert>
      {data.outOfSight.length > 0 && (
        <Alert color="yellow" variant="light">
          {t("authority.desk.outOfSight")} <Quoted>{data.outOfSight.join(", ")}</Quoted>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={t("authority.desk.limited")}>
          <JsonTree value={data.limited} open={4} />
        </Section>
        <Section title={t("authority.desk.whole")}>
          <JsonTree value={data.whole} open={4} />
        </Section>
      </SimpleGrid>
      <Section title={t("authority.desk.input")}>
        <JsonTree value={data.input} open={2} />
      </Section>
      <Answer of={data} />
    </Section>
  )
}

function Answer({ of }: { of: AnsweredByAll }) {
  const { t } = useTranslation()
  const [word, setWord] = useState<string>("stop")
  const [contact, setContact] = useState("")
  const answer = useDecision("reruns.answer")
  return (
    <ReasonForm
      verbs={[
        {
          label: t("authority.desk.answer"),
          run: (reason) =>
            answer.decide({
              rerun: of.asked.rerun,
              word,
              reason,
              seen: of.sha256,
              ...(word === "see-me" && contact.trim() ? { contact: contact.trim() } : {}),
            }),
        },
      ]}
      running={answer.running}
      failure={answer.failure}
      help={t("authority.desk.reasonHelp")}
      least={10}
    >
      <NativeSelect
        label={t("authority.desk.word")}
        description={t("authority.desk.wordHelp")}
        value={word}
        onChange={(e) => setWord(e.currentTarget.value)}
        data={WORDS.map((value) => ({ value, label: authorityWord("officer", value) }))}
        maw={360}
      />
      {word === "see-me" && (
        <TextInput
          label={t("authority.people.contact")}
          value={contact}
          onChange={(e) => setContact(e.currentTarget.value)}
          maw={360}
          dir="auto"
        />
      )}
    </ReasonForm>
  )
}
