import { Badge, Button, Stack, Table, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { forget, useValue } from "../queries.ts"
import type { Permission, Reservation } from "./answers.ts"
import { PermitForm } from "./PermitForm.tsx"

/** What originators keep to themselves, what they have permitted, and where a permission is recorded, confirmed or ended. */
export function MarkingsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const reserved = useValue("markings.reserved", { investigation })
  const given = useValue("markings.permissions", { investigation })
  const [chosen, setChosen] = useState<Reservation | null>(null)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("markings.title")} lead={t("markings.lead")} />
      <Section title={t("markings.reserved")} help={t("markings.reservedHelp")}>
        {reserved.isFetching && <Working />}
        {reserved.error && <FailureNote failure={reserved.error} />}
        {reserved.data?.length === 0 && <Text size="sm">{t("markings.nothingReserved")}</Text>}
        {reserved.data && reserved.data.length > 0 && <Reservations all={reserved.data} onPermit={setChosen} />}
      </Section>
      {chosen && (
        <PermitForm
          key={chosen.banner + chosen.code + chosen.use}
          of={chosen}
          investigation={investigation}
          onDone={() => setChosen(null)}
        />
      )}
      <Section title={t("markings.permissions")} help={t("markings.permissionsHelp")}>
        {given.error && <FailureNote failure={given.error} />}
        {given.data?.length === 0 && <Text size="sm">{t("none")}</Text>}
        {given.data && given.data.length > 0 && <Permissions all={given.data} investigation={investigation} />}
      </Section>
    </Stack>
  )
}

function Reservations({ all, onPermit }: { all: readonly Reservation[]; onPermit: (r: Reservation) => void }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("markings.marking")}</Table.Th>
            <Table.Th>{t("markings.blocks")}</Table.Th>
            <Table.Th>{t("markings.says")}</Table.Th>
            <Table.Th>{t("markings.ask")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {all.map((r) => (
            <Table.Tr key={r.banner + r.use + r.code + r.says}>
              <Table.Td>
                <bdi>{r.banner}</bdi>
                <Text size="xs" c="dimmed">
                  {r.items.map((i) => i.reference ?? i.id).join(", ")}
                </Text>
              </Table.Td>
              <Table.Td>{t(`markings.use.${r.use}`)}</Table.Td>
              <Table.Td>
                <NodeSays>{r.says}</NodeSays>
              </Table.Td>
              <Table.Td>{r.ask.length > 0 ? <Identifier>{r.ask.join(", ")}</Identifier> : t("markings.nobodyToAsk")}</Table.Td>
              <Table.Td>
                {r.permitted ? (
                  <Badge color="teal" variant="light" tt="none">
                    {t("markings.permitted")}
                  </Badge>
                ) : (
                  r.ask.length > 0 && (
                    <Button size="compact-sm" variant="default" onClick={() => onPermit(r)}>
                      {t("markings.record")}
                    </Button>
                  )
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Permissions({ all, investigation }: { all: readonly Permission[]; investigation: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useMutation<Permission, ApiFailure, { name: "markings.confirm" | "markings.withdraw"; permission: string }>({
    mutationFn: ({ name, permission }) => ask(name, { investigation, permission }),
    onSuccess: () => forget(client),
  })
  const stateOf = (p: Permission) =>
    p.withdrawnBy ? "withdrawn" : p.inForce ? "inForce" : p.confirmedBy || !p.document ? "lapsed" : "unconfirmed"
  return (
    <>
      {act.error && <FailureNote failure={act.error} />}
      <Table.ScrollContainer minWidth={640}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("markings.originator")}</Table.Th>
              <Table.Th>{t("markings.blocks")}</Table.Th>
              <Table.Th>{t("markings.reference")}</Table.Th>
              <Table.Th>{t("markings.recorded")}</Table.Th>
              <Table.Th>{t("markings.state")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map((p) => (
              <Table.Tr key={p.id}>
                <Table.Td>
                  <Quoted>{p.originator}</Quoted>
                </Table.Td>
                <Table.Td>
                  {t(`markings.use.${p.use}`)} · <Identifier>{p.code}</Identifier> {p.condition && <Quoted>{p.condition}</Quoted>}
                </Table.Td>
                <Table.Td>
                  <Quoted>{p.reference}</Quoted>
                  <Text size="xs" c="dimmed" component="div">
                    <Quoted>{p.reason}</Quoted>
                  </Text>
                </Table.Td>
                <Table.Td>{moment(p.recordedAt)}</Table.Td>
                <Table.Td>{t(`markings.states.${stateOf(p)}`)}</Table.Td>
                <Table.Td>
                  {stateOf(p) === "unconfirmed" && (
                    <Button size="compact-sm" variant="default" onClick={() => act.mutate({ name: "markings.confirm", permission: p.id })}>
                      {t("markings.confirm")}
                    </Button>
                  )}{" "}
                  {!p.withdrawnBy && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => act.mutate({ name: "markings.withdraw", permission: p.id })}
                    >
                      {t("markings.withdraw")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
