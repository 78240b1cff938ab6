import { Badge, Button, Checkbox, Collapse, Group, Stack, Table, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { linesOf, utcOf } from "../parts/fields.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Choice, Ended, Line, Lines, useDecision } from "./form.tsx"
import { RequestView } from "./RequestView.tsx"
import type { RightsRequest } from "./types.ts"

/** Requests of data subjects, with what is due, and one of them opened. */
export function RequestsScreen() {
  const { t } = useTranslation()
  const [chosen, choose] = useState<string | null>(null)
  const { data, error, isFetching, refetch } = useValue("safeguards.requests", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.requests.title")} lead={t("care.requests.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text>{t("care.none")}</Text>}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("care.requests.subject")}</Table.Th>
                <Table.Th>{t("care.requests.kind")}</Table.Th>
                <Table.Th>{t("care.state")}</Table.Th>
                <Table.Th>{t("care.due")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((r) => (
                <Table.Tr key={r.id}>
                  <Table.Td>
                    <Quoted>{r.subject}</Quoted>
                  </Table.Td>
                  <Table.Td>{t(`care.requests.kinds.${r.kind}`)}</Table.Td>
                  <Table.Td>
                    {t(`care.requests.states.${r.state}`)}{" "}
                    {r.overdue && (
                      <Badge color="red.9" variant="filled" tt="none">
                        {t("care.requests.overdue")}
                      </Badge>
                    )}
                  </Table.Td>
                  <Table.Td className="nowrap">{r.dueAt ? <bdi>{moment(r.dueAt)}</bdi> : t("care.requests.still")}</Table.Td>
                  <Table.Td>
                    <Button size="compact-sm" variant="default" onClick={() => choose(r.id)} aria-label={`${t("open")} ${r.subject}`}>
                      {t("open")}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {chosen && <RequestView key={chosen} request={chosen} />}
      <EnterForm onEntered={(r) => choose(r.id)} />
    </Stack>
  )
}

const KINDS = ["access", "rectification", "erasure", "restriction"] as const

function EnterForm({ onEntered }: { onEntered: (request: RightsRequest) => void }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const [kind, setKind] = useState<RightsRequest["kind"]>("access")
  const [subject, setSubject] = useState("")
  const [wants, setWants] = useState("")
  const [channel, setChannel] = useState("")
  const [received, setReceived] = useState("")
  const [identityNeeded, setIdentityNeeded] = useState(true)
  const [names, setNames] = useState("")
  const [phones, setPhones] = useState("")
  const [others, setOthers] = useState("")
  const enter = useDecision("safeguards.request-enter", onEntered)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    enter.mutate({
      kind,
      subject,
      wants,
      channel,
      receivedAt: utcOf(received) ?? "",
      identityNeeded,
      names: linesOf(names),
      identifiers: [
        ...linesOf(phones).map((raw) => ({ type: "phone", raw })),
        ...linesOf(others).map((line) => ({ type: line.split(/\s+/)[0]!, raw: line.replace(/^\S+\s*/, "") })),
      ],
    })
  }
  return (
    <section>
      <Button size="sm" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("care.requests.enter")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={720} mt="sm">
            <Group grow align="flex-end">
              <Choice
                label={t("care.requests.kind")}
                value={kind}
                onChange={setKind}
                of={KINDS}
                word={(k) => t(`care.requests.kinds.${k}`)}
              />
              <Line label={t("care.requests.received")} value={received} onChange={setReceived} type="datetime-local" required />
            </Group>
            <Line label={t("care.requests.subject")} value={subject} onChange={setSubject} required />
            <Lines label={t("care.requests.wants")} value={wants} onChange={setWants} required />
            <Line label={t("care.requests.channel")} value={channel} onChange={setChannel} required />
            <Checkbox
              label={t("care.requests.identity")}
              checked={identityNeeded}
              onChange={(e) => setIdentityNeeded(e.currentTarget.checked)}
              size="sm"
            />
            <Group grow align="flex-start">
              <Lines label={t("care.requests.names")} value={names} onChange={setNames} />
              <Lines label={t("care.requests.phones")} value={phones} onChange={setPhones} />
              <Lines label={t("care.requests.others")} value={others} onChange={setOthers} />
            </Group>
            <Ended of={enter} />
            <div>
              <Button type="submit" size="sm" loading={enter.isPending}>
                {t("care.requests.enter")}
              </Button>
            </div>
            {enter.data && (
              <Text size="xs">
                <Identifier>{enter.data.id}</Identifier>
              </Text>
            )}
          </Stack>
        </form>
      </Collapse>
    </section>
  )
}
