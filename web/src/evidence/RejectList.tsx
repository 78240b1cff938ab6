import { Drawer, Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { PlaceLine } from "../records/PlaceLine.tsx"

const MOST = 500

/** What could not be read of one exhibit: each with its place and reason. */
export function RejectDrawer({ investigation, exhibit, onClose }: { investigation: string; exhibit: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={exhibit !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={t("rejects.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {exhibit && <RejectList investigation={investigation} exhibit={exhibit} />}
    </Drawer>
  )
}

export function RejectList({ investigation, exhibit }: { investigation: string; exhibit: string }) {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useValue("records.rejects", { investigation, exhibit, limit: MOST })
  if (isPending) return <Working />
  if (error) return <FailureNote failure={error} again={() => void refetch()} />
  if (!data || data.length === 0) return <Text size="sm">{t("rejects.none")}</Text>
  return (
    <>
      {data.length >= MOST && <Text size="xs">{t("rejects.cut", { n: whole(MOST) })}</Text>}
      <Table.ScrollContainer minWidth={420} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("rejects.place")}</Table.Th>
              <Table.Th>{t("rejects.reason")}</Table.Th>
              <Table.Th>{t("rejects.snippet")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((r) => (
              <Table.Tr key={`${r.file} ${r.table} ${r.row} ${r.byteStart} ${r.code} ${r.reason}`}>
                <Table.Td>
                  <PlaceLine place={r} />
                </Table.Td>
                <Table.Td>
                  <Identifier>{r.code}</Identifier>
                  <br />
                  <bdi lang="en">{r.reason}</bdi>
                </Table.Td>
                <Table.Td className="says">
                  <Quoted>{r.snippet}</Quoted>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
