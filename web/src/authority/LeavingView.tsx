import { Alert, Button, Stack, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { JsonTree } from "../parts/JsonTree.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import type { LeavingWhole } from "./answers.ts"
import { useDecision } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord } from "./words.ts"

/** Exactly what would leave, its hash, and what the reader may decide about it. */
export function LeavingView({ preview }: { preview: string }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching } = useValue("outside.show", { investigation, preview })
  if (error) return <FailureNote failure={error} />
  if (!data) return <Working />
  return (
    <Section title={<bdi lang="en">{data.title}</bdi>} help={t("authority.outside.exactly")}>
      <Stack gap="sm">
        {isFetching && <Working />}
        <Facts
          facts={[
            [t("authority.outside.to"), <Quoted key="to">{data.recipients.map((r) => r.name).join(", ")}</Quoted>],
            [t("authority.outside.marking"), <bdi key="m">{data.banner}</bdi>],
            [t("authority.outside.by"), <Quoted key="b">{`${data.preparedBy.name} · ${data.preparedBy.team}`}</Quoted>],
            [t("authority.outside.until"), <bdi key="u">{moment(data.expiresAt)}</bdi>],
            [t("authority.outside.hash"), <Identifier key="h">{data.sha256}</Identifier>],
            [t("authority.outside.state"), authorityWord("states", data.state)],
            [t("authority.outside.officer"), authorityWord("officer", data.clearedOfficer)],
            [
              t("authority.outside.verdict"),
              data.verdict && (
                <>
                  <Quoted>{data.verdict.by}</Quoted> · <bdi>{moment(data.verdict.at)}</bdi> · <Quoted>{data.verdict.reason}</Quoted>
                </>
              ),
            ],
            [t("authority.outside.words"), data.words && <Quoted>{data.words}</Quoted>],
          ]}
        />
        <div className="leaving-body">
          <JsonTree value={data.body} open={6} />
        </div>
        <Decide of={data} />
      </Stack>
    </Section>
  )
}

function Decide({ of }: { of: LeavingWhole }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const approve = useDecision("outside.approve")
  const refuse = useDecision("outside.refuse")
  const settle = useDecision("outside.settle")
  const { preview, sha256, state } = of
  if (state === "waiting" && of.notYou === null)
    return (
      <ReasonForm
        verbs={[
          { label: t("authority.outside.approve"), run: (reason) => approve.decide({ investigation, preview, sha256, reason }) },
          {
            label: t("authority.outside.refuse"),
            color: "red",
            run: (reason) => refuse.decide({ investigation, preview, sha256, reason }),
          },
        ]}
        running={approve.running || refuse.running}
        failure={approve.failure ?? refuse.failure}
        help={t("authority.outside.approveHelp")}
      />
    )
  if (state === "unknown")
    return (
      <ReasonForm
        verbs={[
          { label: t("authority.outside.left"), run: (reason) => settle.decide({ investigation, preview, left: true, reason }) },
          { label: t("authority.outside.notLeft"), run: (reason) => settle.decide({ investigation, preview, left: false, reason }) },
        ]}
        running={settle.running}
        failure={settle.failure}
        help={t("authority.outside.settleHelp")}
      />
    )
  if (of.yours && (state === "approved" || state === "nothing-left" || state === "begun")) return <LetGo preview={preview} />
  if (state === "waiting" && of.notYou)
    return (
      <Alert color="gray" variant="light">
        {t(`authority.outside.notYou.${of.notYou}`)}
      </Alert>
    )
  return null
}

function LetGo({ preview }: { preview: string }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const act = useAct("outside.perform")
  return (
    <Stack gap="xs">
      <Text size="sm">{t("authority.outside.performHelp")}</Text>
      <div>
        <Button loading={act.running} onClick={() => void act.run({ investigation, preview })}>
          {t("authority.outside.perform")}
        </Button>
      </div>
      {act.failure && <FailureNote failure={act.failure} />}
    </Stack>
  )
}
