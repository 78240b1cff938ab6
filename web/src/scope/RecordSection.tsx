import { Alert, Badge, Collapse, Group, Stack, Text, UnstyledButton } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { type DeviceAlert, type DeviceRecord, LIMBS } from "./answers.ts"

/** What is wrong, missing or overdue on one record. */
export function Alerts({ alerts }: { alerts: readonly DeviceAlert[] }) {
  const { t } = useTranslation()
  if (alerts.length === 0) return <Text size="sm">{t("devices.alertsNone")}</Text>
  return (
    <ul className="claims">
      {alerts.map((a) => (
        <li key={a.code}>
          {wordOf("deviceAlerts", a.code)}
          {a.since && (
            <span className="dim">
              {" "}
              {t("devices.since")} <bdi>{moment(a.since)}</bdi>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The record of one device as it stands, and everything that was ever said there. */
export function RecordSection({ record }: { record: DeviceRecord }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const { facts, power, authorisations, examiner } = record
  const { relevantPerson: test, receipt, superintendentInformed: informed } = facts
  return (
    <Section title={t("devices.record")} help={t("devices.recordHelp")}>
      <Alert color={record.alerts.length > 0 ? "orange" : "teal"} variant="light" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm" fw={600}>
          {t("devices.alerts")}
        </Text>
        <Alerts alerts={record.alerts} />
      </Alert>
      <Facts
        facts={[
          [t("evidence.power"), <Quoted key="p">{facts.power ?? t("notStated")}</Quoted>],
          [t("devices.provision"), power && <bdi lang="en">{power.provision}</bdi>],
          [t("devices.says"), power && <bdi lang="en">{power.says}</bdi>],
          [t("devices.source"), power && <bdi lang="en">{`${power.source} (${power.asOf})`}</bdi>],
          [t("devices.takenAt"), facts.takenAt && <bdi>{moment(facts.takenAt)}</bdi>],
          [t("devices.takenFrom"), facts.takenFrom && wordOf("takenFrom", facts.takenFrom)],
          [t("evidence.grounds"), facts.grounds && <Quoted>{facts.grounds}</Quoted>],
          [t("evidence.officer"), facts.officer && <Quoted>{facts.officer}</Quoted>],
          [t("devices.service"), facts.service && wordOf("services", facts.service)],
          [t("devices.agent"), facts.agent && <Quoted>{facts.agent}</Quoted>],
          [
            t("devices.test"),
            test && (
              <Stack gap={2}>
                {LIMBS.map((limb) => (
                  <Text size="sm" key={limb}>
                    {wordOf("limbs", limb)}: <strong>{wordOf("answers", test.limbs[limb])}</strong>
                  </Text>
                ))}
                <span className="dim">
                  <Quoted>{test.by}</Quoted> · <bdi>{moment(test.at)}</bdi>
                </span>
              </Stack>
            ),
          ],
          [t("devices.relevant"), record.relevantPerson && wordOf("answers", record.relevantPerson)],
          [
            t("devices.authorised"),
            authorisations.length > 0 && (
              <Stack gap={2}>
                {authorisations.map((a) => (
                  <span key={a.id}>
                    <Quoted>{`${a.authoriser}, ${a.rank}`}</Quoted> · <bdi>{moment(a.givenAt)}</bdi>
                    {(a.withdrawnAt ?? a.until) && (
                      <>
                        {" – "}
                        <bdi>{moment((a.withdrawnAt ?? a.until)!)}</bdi>
                      </>
                    )}
                  </span>
                ))}
              </Stack>
            ),
          ],
          [
            t("devices.informed"),
            informed && (
              <>
                <Quoted>{informed.who}</Quoted> · <bdi>{moment(informed.at)}</bdi>
              </>
            ),
          ],
          [
            t("devices.receipt"),
            receipt && (
              <>
                {receipt.given ? t("devices.given") : t("devices.notGiven")} {receipt.language && <bdi lang="en">{receipt.language}</bdi>}
              </>
            ),
          ],
          [t("devices.returnBy"), facts.returnBy && <bdi>{moment(facts.returnBy)}</bdi>],
          [
            t("devices.returned"),
            facts.returned && (
              <>
                <Quoted>{facts.returned.to}</Quoted> · <bdi>{moment(facts.returned.at)}</bdi>
              </>
            ),
          ],
          [t("devices.reviewBy"), facts.reviewBy && <bdi>{moment(facts.reviewBy)}</bdi>],
          [
            t("devices.examiner"),
            examiner && (
              <>
                <Quoted>{examiner.name}</Quoted> · <bdi>{moment(examiner.since)}</bdi>
              </>
            ),
          ],
        ]}
      />
      <UnstyledButton onClick={toggle} aria-expanded={shown} className="link-button">
        <Text size="sm" td="underline">
          {t("devices.history", { count: record.history.length })}
        </Text>
      </UnstyledButton>
      <Collapse expanded={shown}>
        <ol className="claims">
          {record.history.map((h) => (
            <li key={h.id}>
              <Group gap="xs">
                <Badge variant="light" tt="none">
                  {wordOf("statements", h.kind)}
                </Badge>
                <span className="dim">
                  <Quoted>{h.byName ?? h.by}</Quoted> · <bdi>{moment(h.at)}</bdi>
                </span>
              </Group>
              {Object.keys(h.said).length > 0 && (
                <Text size="xs" className="mono" dir="ltr">
                  {Object.entries(h.said)
                    .map(([k, v]) => `${k}: ${typeof v === "string" ? v : JSON.stringify(v)}`)
                    .join("; ")}
                </Text>
              )}
              {h.reason && (
                <Text size="sm">
                  <Quoted>{h.reason}</Quoted>
                </Text>
              )}
            </li>
          ))}
        </ol>
      </Collapse>
    </Section>
  )
}
