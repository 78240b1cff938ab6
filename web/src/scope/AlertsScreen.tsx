import { Stack, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Alerts } from "./RecordSection.tsx"

/** What is missing, wrong or overdue on the records of devices. */
export function AlertsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, refetch } = useValue("evidence.device-alerts", { investigation })
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/scope" params={{ investigation }} size="sm">
        {t("scope.back")}
      </Go>
      <ScreenHead title={t("devices.alertsTitle")} lead={t("devices.alertsLead")} />
      {isFetching && !data && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Text size="sm">{t("devices.without", { count: data.without })}</Text>}
      {data?.devices.map((d) => (
        <Section
          key={d.item}
          title={
            <>
              <Go to="/i/$investigation/scope/$item" params={{ investigation, item: d.item }}>
                {d.reference ? <Identifier>{d.reference}</Identifier> : <Quoted>{d.title ?? d.item}</Quoted>}
              </Go>{" "}
              <span className="dim">
                <Quoted>{d.place ?? d.event}</Quoted> · <bdi>{moment(d.takenAt)}</bdi>
              </span>
            </>
          }
        >
          <Alerts alerts={d.alerts} />
        </Section>
      ))}
    </Stack>
  )
}
