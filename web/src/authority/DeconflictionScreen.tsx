import { Alert, Badge, Button, Checkbox, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { IDENTIFIER_TYPES, PERSONAL_TYPES } from "#vocabulary/identifier-types"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import { useDecision, useMay } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord } from "./words.ts"

/** Whether another team asks to be spoken to; and, for the lead, what this investigation announces. */
export function DeconflictionScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.deconfliction.title")} lead={t("authority.deconfliction.lead")} />
      <Look investigation={investigation} />
      {may.here("release") && <Announce investigation={investigation} />}
      {may.here("release") && <Announced investigation={investigation} />}
    </Stack>
  )
}

interface Named {
  type: string
  identifier: string
}

function IdentifierFields({ of, onChange, types }: { of: Named; onChange: (n: Named) => void; types: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <NativeSelect
        label={t("authority.deconfliction.type")}
        value={of.type}
        onChange={(e) => onChange({ ...of, type: e.currentTarget.value })}
        data={types.map((value) => ({ value, label: authorityWord("types", value) }))}
      />
      <TextInput
        label={t("authority.deconfliction.identifier")}
        value={of.identifier}
        onChange={(e) => onChange({ ...of, identifier: e.currentTarget.value })}
        dir="ltr"
        classNames={{ input: "mono" }}
        miw={220}
      />
    </>
  )
}

const FRESH: Named = { type: "phone", identifier: "" }

function Look({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const [named, setNamed] = useState(FRESH)
  const [asked, setAsked] = useState<Named | null>(null)
  const found = useValue("deconfliction.look", { investigation, ...(asked ?? FRESH) }, { enabled: asked !== null })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked(named)
  }
  return (
    <Section title={t("authority.deconfliction.look")} help={t("authority.deconfliction.lookHelp")}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="xs">
          <IdentifierFields of={named} onChange={setNamed} types={IDENTIFIER_TYPES} />
          <Button type="submit" loading={found.isFetching} disabled={named.identifier.trim().length < 3}>
            {t("authority.deconfliction.ask")}
          </Button>
        </Group>
      </form>
      {found.error && <FailureNote failure={found.error} />}
      {asked && found.data?.announced.length === 0 && <Text size="sm">{t("authority.deconfliction.nobody")}</Text>}
      {found.data?.announced.map((a) => (
        <Alert key={a.contact} color="yellow" variant="light" role="status">
          {t("authority.deconfliction.contactAsks")} <Quoted>{a.contact}</Quoted>
        </Alert>
      ))}
    </Section>
  )
}

function Announce({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const [named, setNamed] = useState(FRESH)
  const [contact, setContact] = useState("")
  const [covert, setCovert] = useState(false)
  const done = () => setNamed(FRESH)
  const announce = useDecision("deconfliction.announce", done)
  const keepOut = useDecision("deconfliction.covert", done)
  const { decide, running, failure } = covert ? keepOut : announce
  return (
    <Section title={t("authority.deconfliction.announce")} help={t("authority.deconfliction.announceHelp")}>
      <ReasonForm
        verbs={[
          {
            label: covert ? t("authority.deconfliction.keepOut") : t("authority.deconfliction.announce"),
            run: (reason) => decide({ investigation, ...named, contact, reason }),
          },
        ]}
        running={running}
        failure={failure}
        help={t("authority.deconfliction.reasonHelp")}
      >
        <Group align="flex-end" gap="xs">
          <IdentifierFields of={named} onChange={setNamed} types={covert ? PERSONAL_TYPES : IDENTIFIER_TYPES} />
          <TextInput
            label={t("authority.deconfliction.contact")}
            value={contact}
            onChange={(e) => setContact(e.currentTarget.value)}
            dir="auto"
            miw={220}
          />
        </Group>
        <Checkbox
          my="xs"
          label={t("authority.deconfliction.covert")}
          description={t("authority.deconfliction.covertHelp")}
          checked={covert}
          onChange={(e) => {
            setCovert(e.currentTarget.checked)
            if (!(PERSONAL_TYPES as readonly string[]).includes(named.type)) setNamed({ ...named, type: "phone" })
          }}
        />
      </ReasonForm>
    </Section>
  )
}

function Announced({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const { data, error } = useValue("deconfliction.list", { investigation })
  const [ending, setEnding] = useState<string | null>(null)
  const withdraw = useDecision("deconfliction.withdraw", () => setEnding(null))
  return (
    <Section title={t("authority.deconfliction.own")} help={t("authority.deconfliction.ownHelp")}>
      {error && <FailureNote failure={error} />}
      {data?.length === 0 && <Text size="sm">{t("none")}</Text>}
      {data && data.length > 0 && (
        <Table>
          <Table.Tbody>
            {data.map((a) => (
              <Table.Tr key={a.announcement}>
                <Table.Td>
                  <Quoted>{a.contact}</Quoted>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" color={a.covert ? "grape" : "yellow"} tt="none">
                    {a.covert ? t("authority.deconfliction.isCovert") : t("authority.deconfliction.isAnnounced")}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <bdi>{moment(a.announcedAt)}</bdi>
                </Table.Td>
                <Table.Td>
                  <Button size="compact-sm" variant="subtle" color="red" onClick={() => setEnding(a.announcement)}>
                    {t("authority.deconfliction.withdraw")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {ending && (
        <ReasonForm
          key={ending}
          verbs={[
            {
              label: t("authority.deconfliction.withdraw"),
              color: "red",
              run: (reason) => withdraw.decide({ investigation, announcement: ending, reason }),
            },
          ]}
          running={withdraw.running}
          failure={withdraw.failure}
        />
      )}
    </Section>
  )
}
