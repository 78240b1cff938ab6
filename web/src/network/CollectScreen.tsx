import { Alert, Badge, Stack, Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { share } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"

/** What one more phone, book or decision would change, and on what held the picture hangs. */
export function CollectScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { labelOf } = useHoldings(investigation)
  const { data, error, isFetching, progress, refetch } = useJobResult("network.collect", { investigation })
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("picture.collect.title")} lead={t("picture.collect.lead")} />
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Alert color="yellow" variant="light">
            <NodeSays>{data.says}</NodeSays>
          </Alert>
          {data.items.length > 0 && (
            <Table.ScrollContainer minWidth={640} type="native">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("picture.collect.what")}</Table.Th>
                    <Table.Th>{t("picture.collect.of")}</Table.Th>
                    <Table.Th ta="end">{t("picture.collect.others")}</Table.Th>
                    <Table.Th ta="end">{t("picture.collect.shift")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.items.map((i) => (
                    <Table.Tr key={[i.entity, i.join?.a, i.join?.b, i.says].join(" ")}>
                      <Table.Td>
                        <Badge variant="light" tt="none" color={i.kind === "held" ? "orange" : "petrol"}>
                          {t(`picture.collect.kinds.${i.kind}`)}
                        </Badge>
                      </Table.Td>
                      <Table.Td>
                        {i.entity ? (
                          <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: i.entity }}>
                            <Quoted>{labelOf(i.label)}</Quoted>
                          </Go>
                        ) : (
                          <Quoted>{labelOf(i.label)}</Quoted>
                        )}
                        {i.join && (
                          <Text size="xs" c="dimmed" component="div">
                            <Identifier>{i.join.a}</Identifier> = <Identifier>{i.join.b}</Identifier>
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td ta="end">{share(i.topShare)}</Table.Td>
                      <Table.Td ta="end">{share(i.shift)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
          {data.leftOut > 0 && (
            <Text size="xs" c="dimmed">
              {t("picture.collect.leftOut", { count: data.leftOut })}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
