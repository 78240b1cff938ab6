import { Alert, Stack, Text } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation, useItems } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import type { ItemWithExhibits, SignedRule } from "../types.ts"
import { Blind, Counts, Destroy } from "./Desk.tsx"
import { RecordForms } from "./RecordForms.tsx"
import { RecordSection } from "./RecordSection.tsx"
import { RuleForm } from "./RuleForm.tsx"
import { UndecidedRows } from "./UndecidedRows.tsx"

/** One device seized on arrival: what nobody has decided on, and a rule to sign. */
export function DeviceScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { item: id = "" } = useParams({ strict: false })
  const { data, error, isFetching, refetch } = useItems(investigation)
  const device = data?.items.find((i) => i.id === id)
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/scope" params={{ investigation }} size="sm">
        {t("scope.back")}
      </Go>
      {isFetching && !data && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && !device && <Text>{t("failure.page")}</Text>}
      {device && <Device device={device} investigation={investigation} />}
    </Stack>
  )
}

/** Rows at intake by kind, over the device's files. */
function kindsOf(device: ItemWithExhibits): Record<string, number> {
  const out: Record<string, number> = {}
  for (const e of device.exhibits) for (const [kind, n] of Object.entries(e.read)) out[kind] = (out[kind] ?? 0) + n
  return out
}

function Device({ device, investigation }: { device: ItemWithExhibits; investigation: string }) {
  const { t } = useTranslation()
  const rules = useValue("records.scope-rules", { investigation })
  const record = useValue("evidence.device-record", { investigation, item: device.id })
  const decide = useAct("records.decide-scope")
  const [rows, setRows] = useState<readonly string[]>([])
  const kinds = kindsOf(device)
  const toggle = (id: string) => setRows((now) => (now.includes(id) ? now.filter((r) => r !== id) : [...now, id]))
  return (
    <>
      <ScreenHead
        title={
          <>
            {device.reference && <Identifier>{device.reference}</Identifier>} <Quoted>{device.title}</Quoted>
          </>
        }
      />
      <Facts
        facts={[
          [t("evidence.authority"), <Quoted key="a">{device.authority}</Quoted>],
          [t("evidence.permittedUses"), device.permittedUses.length > 0 && <Quoted>{device.permittedUses.join("; ")}</Quoted>],
          [
            t("evidence.holder"),
            device.holder && (
              <>
                <Quoted>{device.holder.description}</Quoted> · {device.holder.standing && wordOf("standings", device.holder.standing)}
              </>
            ),
          ],
        ]}
      />
      {record.error && <FailureNote failure={record.error} again={() => void record.refetch()} />}
      {record.data && (
        <div className="two-columns">
          <RecordSection record={record.data} />
          <Stack gap="lg">
            <RecordForms investigation={investigation} record={record.data} />
            <Counts investigation={investigation} item={device.id} />
            <Destroy investigation={investigation} record={record.data} />
          </Stack>
        </div>
      )}
      <div className="examine">
        <UndecidedRows investigation={investigation} item={device.id} kinds={kinds} rows={rows} onToggle={toggle} />
        <Stack gap="lg">
          <Section title={t("scope.rule")} help={t("scope.ruleHelp")}>
            <RuleForm
              kinds={Object.keys(kinds)}
              rows={rows}
              running={decide.running}
              failure={decide.failure}
              onSign={(rule, reason, verdict) =>
                void decide.run({ investigation, item: device.id, rule, reason, verdict }).then(() => setRows([]))
              }
            />
            {decide.running && <Working progress={decide.progress} />}
            {decide.failure && <FailureNote failure={decide.failure} />}
            {decide.result && (
              <Alert color="teal" variant="light" role="status" className="decided">
                <Text size="sm" fw={600}>
                  {t("scope.moved", { count: Object.values(decide.result.moved).reduce((a, b) => a + b, 0) })}
                </Text>
                <Text size="sm">
                  {Object.entries(decide.result.moved)
                    .map(([k, n]) => `${wordOf("kinds", k)} ${whole(n)}`)
                    .join(" · ")}
                </Text>
                <Text size="sm">{t("scope.left", { count: decide.result.left })}</Text>
              </Alert>
            )}
          </Section>
          <Blind investigation={investigation} item={device.id} onChoose={(r) => setRows((now) => (now.includes(r) ? now : [...now, r]))} />
          <Section title={t("scope.signed")}>
            {rules.error && <FailureNote failure={rules.error} again={() => void rules.refetch()} />}
            <SignedRules rules={rules.data?.filter((r) => r.item === device.id) ?? []} />
          </Section>
        </Stack>
      </div>
    </>
  )
}

function SignedRules({ rules }: { rules: readonly SignedRule[] }) {
  const { t } = useTranslation()
  if (rules.length === 0) return <Text size="sm">{t("scope.signedNone")}</Text>
  return (
    <ul className="claims">
      {rules.map((r) => (
        <li key={r.id}>
          <Quoted>{r.reason}</Quoted> <strong>{wordOf("scopes", r.verdict)}</strong>
          <span className="dim">
            <bdi>{t("scope.signedBy", { who: r.signedBy, when: moment(r.signedAt) })}</bdi>
          </span>
          <Facts
            facts={[
              [t("scope.words"), (r.rule.words?.length ?? 0) > 0 && <Quoted>{r.rule.words!.join(", ")}</Quoted>],
              [t("scope.numbers"), (r.rule.identifiers?.length ?? 0) > 0 && <Identifier>{r.rule.identifiers!.join(", ")}</Identifier>],
              [t("scope.whatRule"), r.rule.knownIdentifiers && t("scope.knownShort")],
              [t("scope.choose"), (r.rule.records?.length ?? 0) > 0 && t("scope.rowsShort", { count: r.rule.records!.length })],
              [t("scope.kinds"), (r.rule.kinds?.length ?? 0) > 0 && r.rule.kinds!.map((k) => wordOf("kinds", k)).join(", ")],
              [
                t("scope.window"),
                (r.rule.from || r.rule.to) && (
                  <bdi>{`${r.rule.from ? moment(r.rule.from) : "…"} – ${r.rule.to ? moment(r.rule.to) : "…"}`}</bdi>
                ),
              ],
            ]}
          />
          <Text size="sm">{t("scope.moved", { count: Object.values(r.moved).reduce((a, b) => a + b, 0) })}</Text>
        </li>
      ))}
    </ul>
  )
}
