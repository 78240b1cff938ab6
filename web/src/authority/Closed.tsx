import { Button, Paper, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { ClosedInvestigation } from "./answers.ts"
import { useDecision } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"

/** Closed investigations that the caller may ask or help to reopen; nothing of them but their name. */
export function Closed() {
  const { t } = useTranslation()
  const { data } = useValue("investigations.closed", {})
  if (!data || data.length === 0) return null
  return (
    <Section title={t("authority.closed.title")} help={t("authority.closed.help")}>
      {data.map((c) => (
        <One key={c.investigation} of={c} />
      ))}
    </Section>
  )
}

function One({ of }: { of: ClosedInvestigation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const reopen = useDecision("investigations.reopen", () => setOpen(false))
  return (
    <Paper withBorder p="sm">
      <Text fw={600}>
        <Quoted>{of.title}</Quoted>
      </Text>
      <Text size="sm" c="dimmed">
        <bdi>{moment(of.closedAt)}</bdi> · <Quoted>{of.reason}</Quoted>
      </Text>
      {of.reopenReason && (
        <Text size="sm">
          {t("authority.closed.asked")}: <Quoted>{of.reopenReason}</Quoted>
        </Text>
      )}
      {of.reopening === "asked-by-you" ? (
        <Text size="sm">{t("authority.closed.waits")}</Text>
      ) : open ? (
        <ReasonForm
          verbs={[
            {
              label: of.reopening === "asked" ? t("authority.closed.second") : t("authority.closed.reopen"),
              run: (reason) => reopen.decide({ closed: of.investigation, reason }),
            },
          ]}
          running={reopen.running}
          failure={reopen.failure}
        />
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {of.reopening === "asked" ? t("authority.closed.second") : t("authority.closed.reopen")}
        </Button>
      )}
    </Paper>
  )
}
