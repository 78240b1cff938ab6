import { Alert, Badge, Button, Checkbox, Collapse, Group, Paper, Stack, Text, Title } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { IconLifebuoy } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { decimal, moment } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Choice, Ended, Lines, useDecision } from "./form.tsx"
import { useAlerts } from "./live.ts"
import { RaiseForm } from "./RaiseForm.tsx"
import type { LifeAlert } from "./types.ts"

const COLOUR = { overdue: "red.9", open: "yellow", acknowledged: "blue", closed: "gray" } as const
const seconds = (ms: number): string => decimal(ms / 1000)

/** Alerts of risk to life, live. */
export function DutyScreen() {
  const { t } = useTranslation()
  const { alerts, live, failure, again } = useAlerts()
  const open = alerts.filter((a) => a.state !== "closed")
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.duty.title")} lead={t("care.duty.lead")}>
        <Badge color={live ? "gray" : "red.9"} variant={live ? "default" : "filled"} tt="none" size="lg" data-live={live}>
          {live ? t("care.duty.live") : t("care.duty.lost")}
        </Badge>
      </ScreenHead>
      {failure && <FailureNote failure={failure} again={again} />}
      {!live && !failure && (
        <div>
          <Button size="xs" onClick={again}>
            {t("care.duty.again")}
          </Button>
        </div>
      )}
      <div aria-live="assertive">
        {live && open.length === 0 && <Text>{t("care.duty.empty")}</Text>}
        <Stack gap="sm" component="ul" className="plain">
          {alerts.map((a) => (
            <AlertCard key={a.id} alert={a} />
          ))}
        </Stack>
      </div>
      <RaiseForm />
    </Stack>
  )
}

function AlertCard({ alert: a }: { alert: LifeAlert }) {
  const { t } = useTranslation()
  const [closing, { toggle }] = useDisclosure(false)
  const take = useDecision("safeguards.acknowledge")
  return (
    <Paper component="li" withBorder p="md" className="alert-card" data-state={a.state}>
      <Stack gap="xs">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t(`care.kinds.${a.kind}`)}
          </Title>
          {a.state !== "closed" && (
            <Badge color={a.urgency === "now" ? "red.9" : "yellow"} variant="filled" tt="none" autoContrast>
              {t(`care.duty.urgency.${a.urgency}`)}
            </Badge>
          )}
          <Badge color={COLOUR[a.state]} variant={a.state === "overdue" || a.state === "open" ? "filled" : "light"} tt="none" autoContrast>
            {t(`care.duty.states.${a.state}`)}
          </Badge>
          {a.byHand && (
            <Badge variant="default" tt="none">
              {t("care.duty.byHand")}
            </Badge>
          )}
        </Group>
        {a.kind === "examine" && (
          <Alert color="grape" variant="light">
            {t("care.duty.examineHelp")}
          </Alert>
        )}
        <Facts
          facts={[
            [t("care.duty.contact"), <Quoted key="contact">{a.contact}</Quoted>],
            [t("care.duty.sentence"), a.sentence && <Quoted key="sentence">{a.sentence}</Quoted>],
            [
              t("care.duty.point"),
              a.lat !== null && a.lon !== null && (
                <Identifier key="point">
                  {a.lat.toFixed(4)}, {a.lon.toFixed(4)}
                </Identifier>
              ),
            ],
            [t("care.duty.place"), a.place && <Quoted key="place">{a.place}</Quoted>],
            [
              t("care.duty.evidence"),
              a.kind !== "examine" && (a.evidenceAt ? <bdi key="at">{moment(a.evidenceAt)}</bdi> : t("care.duty.undated")),
            ],
            [t("care.duty.takeBy"), a.acknowledgedAt === null && a.state !== "closed" && <bdi key="due">{moment(a.dueAt, true)}</bdi>],
            [
              t("care.times"),
              <span key="times">
                {t("care.duty.found")} <bdi>{moment(a.foundAt, true)}</bdi>
                {a.deliveredAfterMs !== null && !a.byHand && <> · {t("care.duty.toScreen", { seconds: seconds(a.deliveredAfterMs) })}</>}
                {a.acknowledgedAfterMs !== null && <> · {t("care.duty.takenAfter", { seconds: seconds(a.acknowledgedAfterMs) })}</>}
              </span>,
            ],
            [t("care.duty.outcome"), a.outcome && t(`care.duty.outcomes.${a.outcome}`)],
            [t("care.duty.remark"), a.remark && <Quoted key="remark">{a.remark}</Quoted>],
          ]}
        />
        {!a.byHand && a.signs > 1 && (
          <Text size="xs" c="dimmed">
            {t("care.duty.signs", { count: a.signs })}
          </Text>
        )}
        {take.error && <FailureNote failure={take.error} />}
        {a.state !== "closed" && (
          <Group gap="xs">
            {a.acknowledgedAt === null && (
              <Button size="sm" loading={take.isPending} onClick={() => take.mutate({ alert: a.id })}>
                {t("care.duty.take")}
              </Button>
            )}
            <Button size="sm" variant="default" onClick={toggle} aria-expanded={closing}>
              {t("care.duty.close")}
            </Button>
          </Group>
        )}
        <Collapse expanded={closing && a.state !== "closed"}>
          <CloseForm alert={a.id} />
        </Collapse>
      </Stack>
    </Paper>
  )
}

const OUTCOMES = ["acted", "passed-on", "known-already", "no-risk"] as const
const RECIPIENTS = ["coastguard", "police", "ambulance", "childrens-services", "nrm", "embassy", "partner", "nobody"] as const

function CloseForm({ alert }: { alert: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>("acted")
  const [told, setTold] = useState<string[]>([])
  const [remark, setRemark] = useState("")
  const close = useDecision("safeguards.close")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    close.mutate({ alert, outcome, told, remark })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={620}>
        <Choice
          label={t("care.duty.outcome")}
          value={outcome}
          onChange={setOutcome}
          of={OUTCOMES}
          word={(o) => t(`care.duty.outcomes.${o}`)}
        />
        <Checkbox.Group label={t("care.duty.told")} value={told} onChange={setTold}>
          <Group gap="md" mt={4}>
            {RECIPIENTS.map((r) => (
              <Checkbox key={r} value={r} label={t(`care.duty.recipients.${r}`)} size="sm" />
            ))}
          </Group>
        </Checkbox.Group>
        <Lines label={t("care.duty.remark")} value={remark} onChange={setRemark} required />
        <Ended of={close} />
        <div>
          <Button type="submit" size="sm" loading={close.isPending} leftSection={<IconLifebuoy size={16} aria-hidden />}>
            {t("care.duty.close")}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
