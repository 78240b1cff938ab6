import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { Holding } from "./answers.ts"
import { useDecision, useMay } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord, CASE_ROLES } from "./words.ts"

/** Who works in this investigation; its lead gives and ends roles here, and closes it. */
export function TeamScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  const held = useValue("roles.of-investigation", { investigation })
  const [ending, setEnding] = useState<Holding | null>(null)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.team.title")} lead={t("authority.team.lead")} />
      {held.isFetching && <Working />}
      {held.error && <FailureNote failure={held.error} again={() => void held.refetch()} />}
      {held.data && <Held all={held.data} onEnd={may.here("grant") ? setEnding : null} />}
      {ending && <EndRole key={ending.person.id + ending.role} of={ending} onDone={() => setEnding(null)} />}
      {may.here("grant") && <GiveRole investigation={investigation} />}
      {may.here("grant") && <Close investigation={investigation} />}
    </Stack>
  )
}

function Held({ all, onEnd }: { all: readonly Holding[]; onEnd: ((h: Holding) => void) | null }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("authority.people.name")}</Table.Th>
            <Table.Th>{t("authority.people.organisation")}</Table.Th>
            <Table.Th>{t("authority.people.team")}</Table.Th>
            <Table.Th>{t("authority.people.role")}</Table.Th>
            <Table.Th>{t("authority.team.since")}</Table.Th>
            {onEnd && <Table.Th />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {all.map((h) => (
            <Table.Tr key={h.person.id + h.role}>
              <Table.Td>
                <Quoted>{h.person.name}</Quoted>
              </Table.Td>
              <Table.Td>
                <Identifier>{h.person.organisation}</Identifier>
              </Table.Td>
              <Table.Td>
                <Quoted>{h.person.team}</Quoted>
              </Table.Td>
              <Table.Td>{authorityWord("roles", h.role)}</Table.Td>
              <Table.Td>
                <bdi>{moment(h.since)}</bdi>
              </Table.Td>
              {onEnd && (
                <Table.Td>
                  <Button size="compact-sm" variant="subtle" color="red" onClick={() => onEnd(h)}>
                    {t("authority.people.endRole")}
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function EndRole({ of, onDone }: { of: Holding; onDone: () => void }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const end = useDecision("investigations.end-role", onDone)
  return (
    <Section
      title={
        <>
          {t("authority.people.endRole")}: <Quoted>{of.person.name}</Quoted> · {authorityWord("roles", of.role)}
        </>
      }
    >
      <ReasonForm
        verbs={[
          {
            label: t("authority.people.endRole"),
            color: "red",
            run: (reason) => end.decide({ investigation, person: of.person.id, role: of.role, reason }),
          },
        ]}
        running={end.running}
        failure={end.failure}
      />
    </Section>
  )
}

function GiveRole({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const [name, setName] = useState("")
  const [role, setRole] = useState<string>(CASE_ROLES[0])
  const [person, setPerson] = useState("")
  const found = useValue("people.find", { investigation, name: name.trim() }, { enabled: name.trim().length >= 2, keep: true })
  const give = useDecision("investigations.grant-role", () => setName(""))
  const chosen = found.data?.find((p) => p.id === person) ?? found.data?.[0]
  return (
    <Section title={t("authority.team.give")} help={t("authority.team.giveHelp")}>
      <ReasonForm
        verbs={[
          {
            label: t("authority.people.giveRole"),
            run: (reason) => chosen && give.decide({ investigation, person: chosen.id, role, reason }),
          },
        ]}
        running={give.running}
        failure={give.failure}
      >
        <Group align="flex-end" gap="xs">
          <TextInput label={t("authority.team.find")} value={name} onChange={(e) => setName(e.currentTarget.value)} dir="auto" />
          <NativeSelect
            label={t("authority.team.found")}
            value={chosen?.id ?? ""}
            onChange={(e) => setPerson(e.currentTarget.value)}
            data={(found.data ?? []).map((p) => ({ value: p.id, label: `${p.name} · ${p.organisation} · ${p.team} · ${p.clearance}` }))}
            miw={280}
          />
          <NativeSelect
            label={t("authority.people.role")}
            value={role}
            onChange={(e) => setRole(e.currentTarget.value)}
            data={CASE_ROLES.map((value) => ({ value, label: authorityWord("roles", value) }))}
          />
        </Group>
        {found.error && <FailureNote failure={found.error} />}
        {found.data?.length === 0 && <Text size="sm">{t("authority.team.nobody")}</Text>}
      </ReasonForm>
    </Section>
  )
}

function Close({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const close = useDecision("investigations.close", () => void navigate({ to: "/" }))
  return (
    <Section title={t("authority.team.close")} help={t("authority.team.closeHelp")}>
      <ReasonForm
        verbs={[{ label: t("authority.team.close"), color: "red", run: (reason) => close.decide({ investigation, reason }) }]}
        running={close.running}
        failure={close.failure}
      />
    </Section>
  )
}
