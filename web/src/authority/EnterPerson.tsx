import { Button, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import { useDecision } from "./decide.ts"

const EMPTY = { name: "", organisation: "", team: "", contact: "" }

/** Enters somebody: no role, the least clearance. */
export function EnterPerson() {
  const { t } = useTranslation()
  const [fields, setFields] = useState(EMPTY)
  const organisations = useValue("organisations.list", {})
  const enter = useDecision("people.enter", () => setFields(EMPTY))
  const set = (field: keyof typeof EMPTY) => (value: string) => setFields((f) => ({ ...f, [field]: value }))
  const organisation = fields.organisation || (organisations.data?.[0]?.id ?? "")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const { name, team, contact } = fields
    enter.decide({ name, team, organisation, ...(contact.trim() ? { contact } : {}) })
  }
  return (
    <Section title={t("authority.people.enter")} help={t("authority.people.enterHelp")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="xs" maw={720}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            <TextInput
              label={t("authority.people.name")}
              value={fields.name}
              onChange={(e) => set("name")(e.currentTarget.value)}
              dir="auto"
            />
            <NativeSelect
              label={t("authority.people.organisation")}
              value={organisation}
              onChange={(e) => set("organisation")(e.currentTarget.value)}
              data={(organisations.data ?? []).map((o) => ({ value: o.id, label: o.name }))}
            />
            <TextInput
              label={t("authority.people.team")}
              description={t("authority.people.teamHelp")}
              value={fields.team}
              onChange={(e) => set("team")(e.currentTarget.value)}
              dir="auto"
            />
            <TextInput
              label={t("authority.people.contact")}
              description={t("authority.people.contactHelp")}
              value={fields.contact}
              onChange={(e) => set("contact")(e.currentTarget.value)}
              dir="auto"
            />
          </SimpleGrid>
          {enter.failure && <FailureNote failure={enter.failure} />}
          <div>
            <Button type="submit" loading={enter.running} disabled={fields.name.trim() === "" || fields.team.trim() === ""}>
              {t("authority.people.enter")}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  )
}
