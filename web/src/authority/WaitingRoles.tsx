import { Paper, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { RoleRequest } from "./answers.ts"
import { useDecision } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord } from "./words.ts"

/** Roles that only a second administrator can give or take. */
export function WaitingRoles() {
  const { t } = useTranslation()
  const { data, error } = useValue("roles.list", {})
  if (error) return <FailureNote failure={error} />
  if (!data || data.waiting.length === 0) return null
  return (
    <Section title={t("authority.waiting.title")} help={t("authority.waiting.help")}>
      {data.waiting.map((r) => (
        <Waiting key={r.request} of={r} />
      ))}
    </Section>
  )
}

function Waiting({ of }: { of: RoleRequest }) {
  const { t } = useTranslation()
  const confirm = useDecision("roles.confirm")
  const { request } = of
  return (
    <Paper withBorder p="sm">
      <Text fw={600}>
        <Quoted>{of.person.name}</Quoted> · {authorityWord("roles", of.role)} ·{" "}
        {of.ends ? t("authority.waiting.ends") : t("authority.waiting.gives")}
      </Text>
      <Text size="sm" c="dimmed">
        <Quoted>{of.askedBy.name}</Quoted> · <bdi>{moment(of.askedAt)}</bdi> · <Quoted>{of.reason}</Quoted>
      </Text>
      <ReasonForm
        verbs={[
          { label: t("authority.waiting.confirm"), run: (reason) => confirm.decide({ request, agree: true, reason }) },
          { label: t("authority.waiting.refuse"), color: "red", run: (reason) => confirm.decide({ request, agree: false, reason }) },
        ]}
        running={confirm.running}
        failure={confirm.failure}
      />
    </Paper>
  )
}
