import { Badge, Button, Group, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { Colleague } from "./answers.ts"
import { ColleagueForms } from "./ColleagueForms.tsx"
import { EnterPerson } from "./EnterPerson.tsx"
import { Organisations } from "./Organisations.tsx"
import { WaitingRoles } from "./WaitingRoles.tsx"
import { authorityWord } from "./words.ts"

/** Who works here, for whom, with what clearance and what roles on the node. No case stands here. */
export function PeopleScreen() {
  const { t } = useTranslation()
  const people = useValue("people.list", {})
  const [chosen, setChosen] = useState<string | null>(null)
  const open = people.data?.find((p) => p.id === chosen)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.people.title")} lead={t("authority.people.lead")} />
      <WaitingRoles />
      <Section title={t("authority.people.list")}>
        {people.isFetching && <Working />}
        {people.error && <FailureNote failure={people.error} again={() => void people.refetch()} />}
        {people.data && <Directory people={people.data} chosen={chosen} onChoose={setChosen} />}
      </Section>
      {open && <ColleagueForms key={open.id} person={open} onDone={() => setChosen(null)} />}
      {people.data && <EnterPerson />}
      {people.data && <Organisations />}
    </Stack>
  )
}

interface DirectoryProps {
  people: readonly Colleague[]
  chosen: string | null
  onChoose: (id: string | null) => void
}

function Directory({ people, chosen, onChoose }: DirectoryProps) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("authority.people.name")}</Table.Th>
            <Table.Th>{t("authority.people.organisation")}</Table.Th>
            <Table.Th>{t("authority.people.team")}</Table.Th>
            <Table.Th>{t("authority.people.clearance")}</Table.Th>
            <Table.Th>{t("authority.people.roles")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((p) => (
            <Table.Tr key={p.id}>
              <Table.Td>
                <Quoted>{p.name}</Quoted>
                {p.contact && (
                  <Text size="xs" c="dimmed">
                    <Quoted>{p.contact}</Quoted>
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Identifier>{p.organisation}</Identifier>
              </Table.Td>
              <Table.Td>
                <Quoted>{p.team}</Quoted>
              </Table.Td>
              <Table.Td className="nowrap">
                <Identifier>{p.clearance}</Identifier>
              </Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {p.roles.map((r) => (
                    <Badge key={r} variant="default" tt="none" radius="sm">
                      {authorityWord("roles", r)}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-expanded={chosen === p.id}
                  onClick={() => onChoose(chosen === p.id ? null : p.id)}
                >
                  {t("authority.people.change")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
