import { Badge, Button, Collapse, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { type Holdings, useItems } from "../investigation.ts"
import { en } from "../language/en.ts"
import { day } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { forget } from "../queries.ts"
import type { Entity } from "../types.ts"

const STANDINGS = Object.keys(en.standings)

/** What a person is in this case, by whom, and a form to state it. */
export function StandingSection({ entity, investigation, holdings }: { entity: Entity; investigation: string; holdings: Holdings }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const { standing } = entity
  return (
    <Section title={t("entities.standing")} help={t("entities.standingHelp")}>
      <Badge size="lg" color={standing.protected ? "grape" : "gray"} variant={standing.protected ? "filled" : "light"} tt="none">
        {standing.standing === "protected" ? t("entities.protected") : wordOf("standings", standing.standing)}
      </Badge>
      {standing.claims.length === 0 ? (
        <Text size="sm">{t("entities.standingNone")}</Text>
      ) : (
        <ul className="labels">
          {standing.claims.map((c) => (
            <li key={`${c.standing} ${c.source} ${c.event} ${c.from} ${c.decision}`}>
              <strong>{wordOf("standings", c.standing)}</strong> · {t("entities.standingClaims")} <bdi lang="en">{c.source}</bdi>
              {c.event && (
                <>
                  {" "}
                  · <Quoted>{t("entities.event", { event: holdings.eventName(c.event) })}</Quoted>
                </>
              )}{" "}
              {c.from && t("lifting.from", { at: day(c.from) })} {c.to && t("lifting.to", { at: day(c.to) })}{" "}
              {c.records.length > 0 && <RecordLinks records={c.records} />}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
          {t("entities.setStanding")}
        </Button>
      </div>
      <Collapse expanded={shown}>
        <StandingForm entity={entity.id} investigation={investigation} />
      </Collapse>
    </Section>
  )
}

function StandingForm({ entity, investigation }: { entity: string; investigation: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useItems(investigation)
  const [standing, setStanding] = useState("unknown")
  const [event, setEvent] = useState("")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const [grade, setGrade] = useState("2D")
  const [reason, setReason] = useState("")
  const sign = useMutation<{ decision: string }, ApiFailure>({
    mutationFn: () =>
      ask("entities.set-standing", {
        investigation,
        entity,
        standing,
        grade,
        reason,
        ...(event ? { event } : {}),
        ...(from ? { from: `${from}T00:00:00Z` } : {}),
        ...(to ? { to: `${to}T00:00:00Z` } : {}),
      }),
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    sign.mutate()
  }
  const events = new Map(data?.items.map((i) => [i.seizureEvent.id, i.seizureEvent.label]))
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={520}>
        <NativeSelect
          label={t("entities.newStanding")}
          value={standing}
          onChange={(e) => setStanding(e.currentTarget.value)}
          data={STANDINGS.map((s) => ({ value: s, label: wordOf("standings", s) }))}
        />
        <NativeSelect
          label={t("entities.inEvent")}
          value={event}
          onChange={(e) => setEvent(e.currentTarget.value)}
          data={[{ value: "", label: t("all") }, ...[...events].map(([value, label]) => ({ value, label }))]}
        />
        <Group grow align="end">
          <TextInput type="date" label={t("lifting.holdsFrom")} value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
          <TextInput type="date" label={t("lifting.holdsTo")} value={to} onChange={(e) => setTo(e.currentTarget.value)} />
        </Group>
        <TextInput
          label={t("lifting.gradeOf")}
          value={grade}
          onChange={(e) => setGrade(e.currentTarget.value)}
          error={sign.error?.code === "invalid.grade" ? <bdi lang="en">{sign.error.message}</bdi> : undefined}
          dir="ltr"
          maw={160}
        />
        <Textarea
          label={t("entities.reason")}
          description={t("entities.reasonHelp")}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={sign.error?.at === "reason" ? <bdi lang="en">{sign.error.message}</bdi> : undefined}
          autosize
          minRows={2}
          required
        />
        {sign.error && <FailureNote failure={sign.error} />}
        {sign.isSuccess && (
          <Text size="sm" role="status">
            {t("entities.signed")}
          </Text>
        )}
        <Button type="submit" size="xs" loading={sign.isPending}>
          {t("entities.sign")}
        </Button>
      </Stack>
    </form>
  )
}
