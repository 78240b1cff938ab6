import { Alert, Group, Stack, Table, Text } from "@mantine/core"
import { IconScale } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { useInvestigation, useItems } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go, GoButton } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { sum } from "../parts/KindCounts.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"

/** The devices seized on arrival, one line each. There is no way to decide on several at once. */
export function ScopeScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, refetch } = useItems(investigation)
  const rules = useValue("records.scope-rules", { investigation })
  const alerts = useValue("evidence.device-alerts", { investigation })
  const alertsOf = (item: string) => alerts.data?.devices.find((d) => d.item === item)?.alerts.length ?? 0
  const devices = data?.items.filter((i) => i.undecided) ?? []
  return (
    <Stack gap="md">
      <ScreenHead title={t("scope.title")} lead={t("scope.lead")} />
      <Alert color="grape" variant="light" icon={<IconScale aria-hidden />}>
        {t("scope.law")}
      </Alert>
      <Group gap="sm">
        <GoButton size="xs" variant="default" to="/i/$investigation/scope/alerts" params={{ investigation }}>
          {t("devices.alertsTitle")}
          {alerts.data && ` (${whole(alerts.data.devices.length)})`}
        </GoButton>
        <GoButton size="xs" variant="default" to="/i/$investigation/scope/candour" params={{ investigation }}>
          {t("devices.candour")}
        </GoButton>
      </Group>
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {rules.error && <FailureNote failure={rules.error} again={() => void rules.refetch()} />}
      {data && devices.length === 0 && <Text>{t("scope.none")}</Text>}
      {devices.length > 0 && (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("scope.device")}</Table.Th>
                <Table.Th>{t("evidence.power")}</Table.Th>
                <Table.Th>{t("evidence.event")}</Table.Th>
                <Table.Th>{t("evidence.units")}</Table.Th>
                <Table.Th>{t("scope.signed")}</Table.Th>
                <Table.Th>{t("devices.alerts")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {devices.map((d) => (
                <Table.Tr key={d.id}>
                  <Table.Td>
                    <Go to="/i/$investigation/scope/$item" params={{ investigation, item: d.id }}>
                      {d.reference ? <Identifier>{d.reference}</Identifier> : <Quoted>{d.title ?? d.id}</Quoted>}
                    </Go>{" "}
                    {d.reference && <Quoted>{d.title}</Quoted>}
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{d.power ?? t("notStated")}</Quoted>
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{d.seizureEvent.place ?? d.seizureEvent.label}</Quoted>
                    {d.seizureEvent.at && (
                      <>
                        {" "}
                        · <bdi>{moment(d.seizureEvent.at)}</bdi>
                      </>
                    )}
                  </Table.Td>
                  <Table.Td className="nowrap">{t("scope.rows", { count: d.exhibits.reduce((n, e) => n + sum(e.read), 0) })}</Table.Td>
                  <Table.Td className="nowrap">
                    {t("scope.rules", { count: rules.data?.filter((r) => r.item === d.id).length ?? 0 })}
                  </Table.Td>
                  <Table.Td>{alerts.data && whole(alertsOf(d.id))}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}
