import { Button, Checkbox, Group, SimpleGrid, Stack, Tabs, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { utcOf } from "../parts/fields.ts"
import { forget } from "../queries.ts"
import { Choice, Line, Lines } from "../safeguards/form.tsx"
import { type Answer, type DeviceFacts, type DeviceRecord, type DeviceValues, LIMBS } from "./answers.ts"

const SERVICES = ["police", "nca", "immigration", "other"] as const
const ANSWERS = ["yes", "no", "unknown"] as const

/** A decision on one device; what was shown before it is asked anew. */
export function useDeviceAct<N extends keyof DeviceValues>(name: N) {
  const client = useQueryClient()
  return useMutation<DeviceValues[N][1], ApiFailure, DeviceValues[N][0]>({
    mutationFn: (input) => ask(name, input) as Promise<DeviceValues[N][1]>,
    onSuccess: () => forget(client),
  })
}

interface FormProps {
  act: { isPending: boolean; error: ApiFailure | null }
  label: string
  onSubmit: () => void
  children: ReactNode
}

function Form({ act, label, onSubmit, children }: FormProps) {
  const submit = (e: FormEvent) => {
    e.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" mt="xs">
        {children}
        <div>
          <Button type="submit" size="sm" loading={act.isPending}>
            {label}
          </Button>
        </div>
        {act.error && <FailureNote failure={act.error} />}
      </Stack>
    </form>
  )
}

/** What can be said on a record: complete it, authorise, withdraw, assign. One device, one statement at a time. */
export function RecordForms({ investigation, record }: { investigation: string; record: DeviceRecord }) {
  const { t } = useTranslation()
  const device = { investigation, item: record.device.item }
  return (
    <Tabs defaultValue="complete" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="complete">{t("devices.complete")}</Tabs.Tab>
        <Tabs.Tab value="authorise">{t("devices.authorise")}</Tabs.Tab>
        <Tabs.Tab value="assign">{t("devices.assign")}</Tabs.Tab>
        {record.authorisations.length > 0 && <Tabs.Tab value="withdraw">{t("devices.withdraw")}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="complete">
        <CompleteForm device={device} />
      </Tabs.Panel>
      <Tabs.Panel value="authorise">
        <AuthoriseForm device={device} />
      </Tabs.Panel>
      <Tabs.Panel value="assign">
        <AssignForm device={device} />
      </Tabs.Panel>
      <Tabs.Panel value="withdraw">
        <WithdrawForm device={device} />
      </Tabs.Panel>
    </Tabs>
  )
}

type Device = { investigation: string; item: string }

const BLANK = {
  power: "",
  takenFrom: "" as "" | "person" | "premises",
  takenAt: "",
  grounds: "",
  officer: "",
  service: "" as "" | (typeof SERVICES)[number],
  agent: "",
  testBy: "",
  basis: "",
  informedWho: "",
  informedAt: "",
  receipt: "" as "" | "yes" | "no",
  language: "",
  returnBy: "",
  returnedTo: "",
  returnedAt: "",
  reviewBy: "",
  reason: "",
}

function CompleteForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const act = useDeviceAct("evidence.record-device")
  const [f, setF] = useState(BLANK)
  const [limbs, setLimbs] = useState<Record<(typeof LIMBS)[number], Answer>>({
    "no-leave": "unknown",
    "deportation-order": "unknown",
    "no-clearance": "unknown",
    "no-travel-authorisation": "unknown",
    "leave-since": "unknown",
  })
  const bind = <K extends keyof typeof BLANK>(key: K) => ({
    value: f[key],
    onChange: (value: (typeof BLANK)[K]) => setF((now) => ({ ...now, [key]: value })),
  })
  const now = () => new Date().toISOString()
  const submit = () => {
    const facts: DeviceFacts & { reason?: string } = {
      ...Object.fromEntries(
        (["power", "takenFrom", "grounds", "officer", "service", "agent", "reason"] as const).flatMap((k) =>
          f[k].trim() === "" ? [] : [[k, f[k].trim()]],
        ),
      ),
      ...Object.fromEntries(
        (["takenAt", "returnBy", "reviewBy"] as const).flatMap((k) => {
          const at = utcOf(f[k])
          return at ? [[k, at]] : []
        }),
      ),
      ...(f.testBy.trim()
        ? { relevantPerson: { limbs, by: f.testBy.trim(), at: now(), ...(f.basis.trim() ? { basis: f.basis.trim() } : {}) } }
        : {}),
      ...(f.informedWho.trim() ? { superintendentInformed: { who: f.informedWho.trim(), at: utcOf(f.informedAt) ?? now() } } : {}),
      ...(f.receipt ? { receipt: { given: f.receipt === "yes", ...(f.language.trim() ? { language: f.language.trim() } : {}) } } : {}),
      ...(f.returnedTo.trim() ? { returned: { to: f.returnedTo.trim(), at: utcOf(f.returnedAt) ?? now() } } : {}),
    }
    act.mutate({ ...device, ...facts }, { onSuccess: () => setF(BLANK) })
  }
  const none = (word: string) => (word === "" ? t("devices.asItStands") : null)
  return (
    <Form act={act} label={t("devices.save")} onSubmit={submit}>
      <Text size="xs" c="dimmed">
        {t("devices.completeHelp")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Line label={t("evidence.power")} {...bind("power")} />
        <Choice
          label={t("devices.takenFrom")}
          of={["", "person", "premises"] as const}
          word={(v) => none(v) ?? wordOf("takenFrom", v)}
          {...bind("takenFrom")}
        />
        <Line label={t("devices.takenAtUtc")} type="datetime-local" {...bind("takenAt")} />
        <Line label={t("evidence.officer")} {...bind("officer")} />
        <Choice
          label={t("devices.service")}
          of={["", ...SERVICES] as const}
          word={(v) => none(v) ?? wordOf("services", v)}
          {...bind("service")}
        />
        <Line label={t("devices.agent")} {...bind("agent")} />
      </SimpleGrid>
      <Lines label={t("evidence.grounds")} description={t("devices.groundsHelp")} {...bind("grounds")} />
      <Text size="sm" fw={600}>
        {t("devices.test")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {LIMBS.map((limb) => (
          <Choice
            key={limb}
            label={wordOf("limbs", limb)}
            of={ANSWERS}
            word={(v) => wordOf("answers", v)}
            value={limbs[limb]}
            onChange={(v) => setLimbs((was) => ({ ...was, [limb]: v }))}
          />
        ))}
        <Line label={t("devices.testBy")} description={t("devices.testByHelp")} {...bind("testBy")} />
        <Line label={t("devices.basis")} {...bind("basis")} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Line label={t("devices.informed")} {...bind("informedWho")} />
        <Line label={t("devices.informedAt")} type="datetime-local" {...bind("informedAt")} />
        <Choice
          label={t("devices.receipt")}
          of={["", "yes", "no"] as const}
          word={(v) => none(v) ?? (v === "yes" ? t("devices.given") : t("devices.notGiven"))}
          {...bind("receipt")}
        />
        <Line label={t("devices.receiptLanguage")} {...bind("language")} />
        <Line label={t("devices.returnByUtc")} type="datetime-local" {...bind("returnBy")} />
        <Line label={t("devices.reviewByUtc")} type="datetime-local" {...bind("reviewBy")} />
        <Line label={t("devices.returnedTo")} {...bind("returnedTo")} />
        <Line label={t("devices.returnedAt")} type="datetime-local" {...bind("returnedAt")} />
      </SimpleGrid>
      <Lines label={t("devices.why")} description={t("devices.whyHelp")} {...bind("reason")} />
    </Form>
  )
}

function AuthoriseForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const act = useDeviceAct("evidence.authorise-device")
  const [rank, setRank] = useState("")
  const [service, setService] = useState<(typeof SERVICES)[number]>("police")
  const [equivalent, setEquivalent] = useState(false)
  const [authoriser, setAuthoriser] = useState("")
  const [until, setUntil] = useState("")
  const [reason, setReason] = useState("")
  const ends = utcOf(until)
  return (
    <Form
      act={act}
      label={t("devices.authoriseThis")}
      onSubmit={() =>
        act.mutate({
          ...device,
          rank,
          service,
          equivalent,
          reason,
          ...(authoriser.trim() ? { authoriser: authoriser.trim() } : {}),
          ...(ends ? { until: ends } : {}),
        })
      }
    >
      <Text size="xs" c="dimmed">
        {t("devices.authoriseHelp")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Line label={t("devices.rank")} value={rank} onChange={setRank} required />
        <Choice label={t("devices.service")} of={SERVICES} word={(v) => wordOf("services", v)} value={service} onChange={setService} />
        <Line label={t("devices.authoriser")} description={t("devices.authoriserHelp")} value={authoriser} onChange={setAuthoriser} />
        <Line label={t("devices.until")} type="datetime-local" value={until} onChange={setUntil} />
      </SimpleGrid>
      {service === "nca" && (
        <Checkbox label={t("devices.equivalent")} checked={equivalent} onChange={(e) => setEquivalent(e.currentTarget.checked)} />
      )}
      <Lines label={t("devices.necessary")} value={reason} onChange={setReason} required />
    </Form>
  )
}

function AssignForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const act = useDeviceAct("evidence.assign-examiner")
  const [person, setPerson] = useState("")
  return (
    <Form act={act} label={t("devices.assignThis")} onSubmit={() => act.mutate({ ...device, person: person.trim() })}>
      <Text size="xs" c="dimmed">
        {t("devices.assignHelp")}
      </Text>
      <Group>
        <Line label={t("devices.person")} value={person} onChange={setPerson} required />
      </Group>
    </Form>
  )
}

function WithdrawForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const act = useDeviceAct("evidence.withdraw-authority")
  const [reason, setReason] = useState("")
  return (
    <Form act={act} label={t("devices.withdraw")} onSubmit={() => act.mutate({ ...device, reason })}>
      <Lines label={t("devices.why")} value={reason} onChange={setReason} required />
    </Form>
  )
}
