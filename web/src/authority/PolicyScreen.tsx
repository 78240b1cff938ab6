import { Alert, Autocomplete, Badge, Button, Code, Group, NativeSelect, Stack, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useProcedures } from "../ask/list.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { Why } from "./answers.ts"
import { authorityWord } from "./words.ts"

/** The policy as it is enforced, and what it says of what the reader wants to do. */
export function PolicyScreen() {
  const { t } = useTranslation()
  const policy = useValue("policy.show", {})
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.policy.title")} lead={t("authority.policy.lead")} />
      <AskWhy />
      <Section title={t("authority.policy.text")} help={t("authority.policy.textHelp")}>
        {policy.error && <FailureNote failure={policy.error} />}
        {!policy.data && <Working />}
        {policy.data && (
          <Code block dir="ltr" lang="en" className="policy-text">
            {policy.data.text}
          </Code>
        )}
      </Section>
    </Stack>
  )
}

function AskWhy() {
  const { t } = useTranslation()
  const { data: investigations } = useValue("investigations.list", {})
  const procedures = useProcedures()
  const [name, setName] = useState("")
  const [investigation, setInvestigation] = useState("")
  const [asked, setAsked] = useState<{ procedure: string; investigation?: string } | null>(null)
  const why = useValue("policy.why", asked ?? { procedure: "" }, { enabled: asked !== null })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked({ procedure: name.trim(), ...(investigation ? { investigation } : {}) })
  }
  return (
    <Section title={t("authority.policy.why")} help={t("authority.policy.whyHelp")}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="xs">
          <Autocomplete
            label={t("authority.policy.procedure")}
            value={name}
            onChange={setName}
            data={(procedures.data ?? []).map((p) => p.name).sort()}
            limit={12}
            dir="ltr"
            miw={280}
          />
          <NativeSelect
            label={t("authority.policy.investigation")}
            value={investigation}
            onChange={(e) => setInvestigation(e.currentTarget.value)}
            data={[{ value: "", label: t("none") }, ...(investigations ?? []).map((i) => ({ value: i.id, label: i.title }))]}
          />
          <Button type="submit" loading={why.isFetching} disabled={name.trim() === ""}>
            {t("authority.policy.ask")}
          </Button>
        </Group>
      </form>
      {why.error && <FailureNote failure={why.error} />}
      {why.data && <Because of={why.data} />}
    </Section>
  )
}

function Because({ of }: { of: Why }) {
  const { t } = useTranslation()
  const roles = (all: Why["roles"]) => (all.length > 0 ? all.map((r) => authorityWord("roles", r.id)).join(" · ") : t("none"))
  return (
    <Stack gap="xs" className="because">
      <Alert color={of.allowed ? "teal" : "red"} variant="light" role="status">
        <Text fw={600}>{of.allowed ? t("authority.policy.allowed") : t("authority.policy.refused")}</Text>
        <Text size="sm">
          {t("authority.policy.need")}: <Quoted>{of.need.title}</Quoted>
        </Text>
        <Text size="sm">
          {t("authority.policy.holds")}: {roles(of.holds)}
        </Text>
        {of.roles.length > 0 && (
          <Text size="sm">
            {t("authority.policy.would")}: {roles(of.roles)}
          </Text>
        )}
        {of.outOfScope && <Text size="sm">{t("authority.policy.outOfScope")}</Text>}
      </Alert>
      {of.rules.length === 0 && <Text size="sm">{t("authority.policy.noRule")}</Text>}
      {of.rules.map((r) => (
        <div key={r.id}>
          <Badge color={r.effect === "permit" ? "teal" : "red"} variant="light" tt="none">
            {r.effect === "permit" ? t("authority.policy.permits") : t("authority.policy.forbids")}
          </Badge>
          <Code block dir="ltr" lang="en">
            {r.text}
          </Code>
        </div>
      ))}
    </Stack>
  )
}
