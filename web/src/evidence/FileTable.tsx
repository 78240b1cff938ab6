import { Badge, Button, Table } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { Go } from "../parts/Go.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { KindCounts } from "../parts/KindCounts.tsx"
import { RejectDrawer } from "./RejectList.tsx"

export interface FileRow {
  exhibit: string
  name: string
  format: string | null
  read: Record<string, number>
  there: number
  /** Units read; absent in an intake's answer, which states only what was there and what was rejected. */
  units?: number
  rejected: number
  state: string
  undecided: boolean
  notes: readonly string[]
  held?: boolean
}

const STATES = ["sealed", "read", "unclaimed", "unreadable"] as const
type State = (typeof STATES)[number]
const isState = (s: string): s is State => STATES.some((k) => k === s)

/** File by file: what was there, what was read, what was not. */
export function FileTable({ investigation, files }: { investigation: string; files: readonly FileRow[] }) {
  const { t } = useTranslation()
  const [rejects, setRejects] = useState<string | null>(null)
  return (
    <>
      <Table.ScrollContainer minWidth={720} type="native">
        <Table className="files">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("files.file")}</Table.Th>
              <Table.Th>{t("files.format")}</Table.Th>
              <Table.Th>{t("files.read")}</Table.Th>
              <Table.Th>{t("files.sum")}</Table.Th>
              <Table.Th>{t("files.notes")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.map((f) => (
              <Table.Tr key={`${f.exhibit} ${f.name}`}>
                <Table.Td>
                  <Go to="/i/$investigation/evidence/$exhibit" params={{ investigation, exhibit: f.exhibit }}>
                    <Identifier>{f.name}</Identifier>
                  </Go>
                  {f.held && (
                    <Badge ms={6} variant="light" color="gray" tt="none">
                      {t("files.already")}
                    </Badge>
                  )}
                  {f.undecided && (
                    <Badge ms={6} variant="light" color="grape" tt="none">
                      {t("evidence.undecided")}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td>
                  {f.format ? <Identifier>{f.format}</Identifier> : isState(f.state) ? t(`files.states.${f.state}`) : f.state}
                </Table.Td>
                <Table.Td>
                  <KindCounts read={f.read} />
                </Table.Td>
                <Table.Td>
                  <Sum there={f.there} read={f.units ?? f.there - f.rejected} rejected={f.rejected} />
                  {f.rejected > 0 && (
                    <div>
                      <Button size="compact-xs" variant="default" onClick={() => setRejects(f.exhibit)}>
                        {t("files.showRejects", { count: f.rejected })}
                      </Button>
                    </div>
                  )}
                </Table.Td>
                <Table.Td className="notes">
                  {f.notes.map((n) => (
                    <div key={n}>
                      <bdi lang="en">{n}</bdi>
                    </div>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <RejectDrawer investigation={investigation} exhibit={rejects} onClose={() => setRejects(null)} />
    </>
  )
}

/** What was there as a sum of what was read and what was rejected; a difference is shouted. */
export function Sum({ there, read, rejected }: { there: number; read: number; rejected: number }) {
  const { t } = useTranslation()
  return (
    <>
      <bdi dir="ltr" className="sum">
        {t("files.adds", { there: whole(there), read: whole(read), rejected: whole(rejected) })}
      </bdi>
      {there !== read + rejected && (
        <Badge color="red" tt="none">
          {t("files.doesNotAdd")}
        </Badge>
      )}
    </>
  )
}
