import { Badge, Button, Checkbox, Collapse, Group, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { linesOf, utcOf } from "../parts/fields.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { useValue } from "../queries.ts"
import { Choice, Ended, Line, Lines, useDecision } from "./form.tsx"
import { RequestView } from "./RequestView.tsx"
import type { RightsRequest } from "./types.ts"

/** Requests of data subjects, with what is due, and one of them opened. */
export function RequestsScreen() {
  const { t } = useTranslation()
  const [chosen, choose] = useState<string | null>(null)
  const requests = useValue("safeguards.requests", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.requests.title")} lead={t("care.requests.lead")} />
      <Listing
        asked={requests}
        none={t("care.none")}
        idOf={(r) => r.id}
        columns={[
          { head: t("care.requests.subject"), cell: (r) => <Quoted>{r.subject}</Quoted> },
          { head: t("care.requests.kind"), cell: (r) => t(`care.requests.kinds.${r.kind}`) },
          {
            head: t("care.state"),
            cell: (r) => (
              <>
                {t(`care.requests.states.${r.state}`)}{" "}
                {r.overdue && (
                  <Badge color="red.9" variant="filled" tt="none">
                    {t("care.requests.overdue")}
                  </Badge>
                )}
              </>
            ),
          },
          { head: t("care.due"), nowrap: true, cell: (r) => (r.dueAt ? <bdi>{moment(r.dueAt)}</bdi> : t("care.requests.still")) },
          {
            cell: (r) => (
              <Button size="compact-sm" variant="default" onClick={() => choose(r.id)} aria-label={`${t("open")} ${r.subject}`}>
                {t("open")}
              </Button>
            ),
          },
        ]}
      />
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
