import { Button, Group, Stack, Table, Text } from "@mantine/core"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useRows } from "../queries.ts"
import type { JournalRow, JournalTree } from "./answers.ts"
import { SearchForm } from "./SearchForm.tsx"
import { ENTRY_KINDS, type Sought, treeIn } from "./sought.ts"
import { WitnessState } from "./WitnessState.tsx"

const PAGE = 50

/** For the oversight body: the journal page by page, and who vouches for it. */
export function JournalScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const sought: Sought = useSearch({ from: "/journal/" })
  const tree = treeIn(sought.tree)
  const { data, error, isFetching, refetch } = useRows("journal.list", { ...sought, tree, order: "newest", limit: PAGE })
  const seek = (next: Sought) => void navigate({ to: "/journal", search: next })
  const last = data?.at(-1)
  const { from: _, ...newest } = sought
  return (
    <Stack gap="md">
      <ScreenHead title={t("journal.title")} lead={t("journal.lead")} />
      <WitnessState />
      <SearchForm key={JSON.stringify({ ...sought, from: 0 })} sought={sought} onSeek={seek} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text>{t("journal.none")}</Text>}
      {data && data.length > 0 && (
        <>
          <Entries rows={data} tree={tree} />
          <Group gap="sm">
            <Text size="sm" c="dimmed">
              {t("journal.shown", { n: whole(data.length) })}
            </Text>
            {sought.from !== undefined && (
              <Button size="xs" variant="default" onClick={() => seek(newest)}>
                {t("journal.newer")}
              </Button>
            )}
            {data.length === PAGE && last && last.n > 0 && (
              <Button size="xs" variant="default" onClick={() => seek({ ...sought, from: last.n - 1 })}>
                {t("journal.older")}
              </Button>
            )}
          </Group>
        </>
      )}
    </Stack>
  )
}

function Entries({ rows, tree }: { rows: readonly JournalRow[]; tree: JournalTree }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table className="journal-rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("journal.number")}</Table.Th>
            <Table.Th>{t("journal.at")}</Table.Th>
            <Table.Th>{t("journal.kind")}</Table.Th>
            <Table.Th>{t("journal.who")}</Table.Th>
            <Table.Th>{t("journal.what")}</Table.Th>
            <Table.Th>{t("journal.why")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.n}>
              <Table.Td>
                <Go to="/journal/$tree/$n" params={{ tree, n: String(row.n) }}>
                  <bdi>{whole(row.n)}</bdi>
                </Go>
              </Table.Td>
              <Table.Td className="nowrap">
                <bdi>{moment(row.at, true)}</bdi>
              </Table.Td>
              <Table.Td>
                <KindWord kind={row.kind} />
              </Table.Td>
              <Table.Td>
                <Identifier>{row.actor}</Identifier>
              </Table.Td>
              <Table.Td>
                <Identifier>{row.procedure ?? "—"}</Identifier>
                {row.investigation && (
                  <>
                    {" · "}
                    <Quoted>{row.investigation}</Quoted>
                  </>
                )}
              </Table.Td>
              <Table.Td>
                <Why row={row} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Why({ row }: { row: JournalRow }) {
  const { t } = useTranslation()
  return (
    <>
      {row.ground ? <Quoted>{row.ground}</Quoted> : <span className="dim">{t("journal.whyNone")}</span>}
      {row.purpose && (
        <span className="dim">
          {" · "}
          <Quoted>{row.purpose}</Quoted>
        </span>
      )}
      {row.recipients.length > 0 && (
        <div>
          {t("journal.recipients")}: <Quoted>{row.recipients.join(", ")}</Quoted>
        </div>
      )}
    </>
  )
}

/** The word for a kind of entry; the kind itself when this page is older than the node. */
export function KindWord({ kind }: { kind: string }) {
  const { t } = useTranslation()
  const known = ENTRY_KINDS.find((k) => k === kind)
  return known ? t(`journal.entryKinds.${known}`) : <Identifier>{kind}</Identifier>
}
