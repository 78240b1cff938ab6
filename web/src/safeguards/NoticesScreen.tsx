import { Alert, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { LANGUAGES } from "../language/index.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { useValue } from "../queries.ts"
import { Choice, Draft, Ended, Line, Lines, useDecision } from "./form.tsx"
import type { DeviceNotice, NoticeKind } from "./types.ts"

const COLOUR = { due: "yellow", overdue: "red.9", sent: "gray", delayed: "yellow", "not-reachable": "gray", withdrawn: "gray" } as const

/** What owners of devices must be told, and what they were told. */
export function NoticesScreen() {
  const { t } = useTranslation()
  const [chosen, choose] = useState<DeviceNotice | null>(null)
  const notices = useValue("safeguards.notices", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.notices.title")} lead={t("care.notices.lead")} />
      <Listing
        asked={notices}
        none={t("care.none")}
        idOf={(n) => `${n.item} ${n.kind}`}
        columns={[
          {
            head: t("care.notices.device"),
            cell: (n) => (
              <>
                <Identifier>{n.reference ?? n.item}</Identifier>{" "}
                {n.onArrival && (
                  <Badge color="grape" variant="light" tt="none">
                    {t("care.notices.arrival")}
                  </Badge>
                )}
              </>
            ),
          },
          { head: t("care.notices.kind"), cell: (n) => t(`care.notices.kinds.${n.kind}`) },
          {
            head: t("care.state"),
            cell: (n) => (
              <Badge
                color={COLOUR[n.state]}
                variant={n.state === "overdue" || n.state === "due" ? "filled" : "light"}
                tt="none"
                autoContrast
              >
                {t(`care.notices.states.${n.state}`)}
              </Badge>
            ),
          },
          { head: t("care.due"), nowrap: true, cell: (n) => <bdi>{moment(n.dueAt)}</bdi> },
          {
            cell: (n) => (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => choose(n)}
                aria-label={`${t("care.notices.prepare")} ${n.reference ?? n.item} ${t(`care.notices.kinds.${n.kind}`)}`}
              >
                {t("care.notices.prepare")}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <Prepare key={`${chosen.item} ${chosen.kind}`} notice={chosen} />}
    </Stack>
  )
}

const TEXTS = ["en", "ckb", "ar", "fa"] as const
const KINDS = ["seizure", "retention", "outcome", "return"] as const
const STATES = ["sent", "delayed", "not-reachable", "withdrawn"] as const
/** Languages by their own names. */
const NAMES: Record<(typeof TEXTS)[number], string> = {
  en: LANGUAGES.find((l) => l.id === "en")!.name,
  ckb: LANGUAGES.find((l) => l.id === "ckb")!.name,
  ar: "العربية",
  fa: "فارسی",
}

function Prepare({ notice }: { notice: DeviceNotice }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<NoticeKind>(notice.kind)
  const [language, setLanguage] = useState<(typeof TEXTS)[number]>("ckb")
  const [contact, setContact] = useState("")
  const [reason, setReason] = useState("")
  const [channel, setChannel] = useState("")
  const [state, setState] = useState<(typeof STATES)[number]>("sent")
  const [wanted, setWanted] = useState<{ language: string; contact: string; reason?: string; kind: NoticeKind } | null>(null)
  const draft = useValue(
    "safeguards.notice-text",
    { item: notice.item, ...(wanted ?? { language, contact, kind }) },
    { enabled: wanted !== null },
  )
  const record = useDecision("safeguards.notice-record")
  const given = { kind, language, contact, ...(reason.trim() ? { reason } : {}) }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const { contact: place, ...rest } = given
    record.mutate({
      item: notice.item,
      state,
      ...rest,
      ...(place.trim() ? { contact: place } : {}),
      ...(channel.trim() ? { channel } : {}),
    })
  }
  return (
    <Paper withBorder p="md" component="section">
      <form onSubmit={submit} noValidate>
        <Stack gap="xs" maw={720}>
          <Text fw={600}>
            <Identifier>{notice.reference ?? notice.item}</Identifier>
          </Text>
          <Group grow align="flex-end">
            <Choice label={t("care.notices.kind")} value={kind} onChange={setKind} of={KINDS} word={(k) => t(`care.notices.kinds.${k}`)} />
            <Choice label={t("care.notices.language")} value={language} onChange={setLanguage} of={TEXTS} word={(l) => NAMES[l]} />
          </Group>
          <Line label={t("care.notices.contact")} value={contact} onChange={setContact} />
          <Lines label={t("care.reason")} value={reason} onChange={setReason} />
          <div>
            <Button size="xs" variant="default" onClick={() => setWanted(given)}>
              {t("care.notices.draft")}
            </Button>
          </div>
          {draft.error && <FailureNote failure={draft.error} />}
          {draft.data && !draft.data.checked && (
            <Alert color="yellow" variant="light">
              {t("care.notices.unchecked")}
            </Alert>
          )}
          {draft.data && <Draft text={draft.data.text} label={t("care.notices.draft")} dir={draft.data.rtl ? "rtl" : "ltr"} />}
          <Group grow align="flex-end">
            <Choice label={t("care.state")} value={state} onChange={setState} of={STATES} word={(s) => t(`care.notices.states.${s}`)} />
            <Line label={t("care.notices.channel")} value={channel} onChange={setChannel} />
          </Group>
          <Ended of={record} />
          <div>
            <Button type="submit" size="sm" loading={record.isPending}>
              {t("care.record")}
            </Button>
          </div>
        </Stack>
      </form>
    </Paper>
  )
}
