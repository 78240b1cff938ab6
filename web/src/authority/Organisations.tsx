import { Button, Group, NativeSelect, Table, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import { useDecision } from "./decide.ts"

/** Agencies of many countries. Two chains of command of one state are two organisations. */
export function Organisations() {
  const { t } = useTranslation()
  const entered = useValue("organisations.list", {})
  return (
    <Section title={t("authority.organisations.title")} help={t("authority.organisations.help")}>
      {entered.error && <FailureNote failure={entered.error} />}
      <Table.ScrollContainer minWidth={560} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("authority.organisations.id")}</Table.Th>
              <Table.Th>{t("authority.people.name")}</Table.Th>
              <Table.Th>{t("authority.organisations.state")}</Table.Th>
              <Table.Th>{t("authority.organisations.chain")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entered.data?.map((o) => (
              <Table.Tr key={o.id}>
                <Table.Td>
                  <Identifier>{o.id}</Identifier>
                </Table.Td>
                <Table.Td>
                  <Quoted>{o.name}</Quoted>
                </Table.Td>
                <Table.Td>
                  <Identifier>{o.state}</Identifier>
                </Table.Td>
                <Table.Td>{o.chain && <Quoted>{o.chain}</Quoted>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <EnterKnown />
      <EnterOther />
    </Section>
  )
}

function EnterKnown() {
  const { t } = useTranslation()
  const known = useValue("organisations.known", {})
  const [id, setId] = useState("")
  const enter = useDecision("organisations.enter", () => setId(""))
  const chosen = id || (known.data?.[0]?.id ?? "")
  if (!known.data || known.data.length === 0) return null
  return (
    <>
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label={t("authority.organisations.known")}
          value={chosen}
          onChange={(e) => setId(e.currentTarget.value)}
          data={known.data.map((o) => ({ value: o.id, label: o.chain ? `${o.name} (${o.chain})` : o.name }))}
          miw={320}
        />
        <Button variant="default" loading={enter.running} onClick={() => enter.decide({ id: chosen })}>
          {t("authority.organisations.enter")}
        </Button>
      </Group>
      {enter.failure && <FailureNote failure={enter.failure} />}
    </>
  )
}

const EMPTY = { id: "", name: "", state: "", chain: "" }

function EnterOther() {
  const { t } = useTranslation()
  const [fields, setFields] = useState(EMPTY)
  const enter = useDecision("organisations.enter", () => setFields(EMPTY))
  const input = (field: keyof typeof EMPTY, label: string) => (
    <TextInput
      label={label}
      value={fields[field]}
      onChange={(e) => setFields({ ...fields, [field]: e.currentTarget.value })}
      dir={field === "name" || field === "chain" ? "auto" : "ltr"}
    />
  )
  const { chain, ...rest } = fields
  return (
    <>
      <Group align="flex-end" gap="xs">
        {input("id", t("authority.organisations.id"))}
        {input("name", t("authority.people.name"))}
        {input("state", t("authority.organisations.state"))}
        {input("chain", t("authority.organisations.chain"))}
        <Button
          variant="default"
          loading={enter.running}
          disabled={fields.id === "" || fields.name === "" || fields.state === ""}
          onClick={() => enter.decide({ ...rest, ...(chain.trim() ? { chain } : {}) })}
        >
          {t("authority.organisations.enterOther")}
        </Button>
      </Group>
      {enter.failure && <FailureNote failure={enter.failure} />}
    </>
  )
}
