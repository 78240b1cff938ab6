import { Checkbox, Table } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { wordOf } from "../language/words.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import type { SourceRecord } from "../types.ts"
import { TimeLine } from "./TimeLine.tsx"
import { summaryOf, textOf } from "./text.ts"

interface RecordTableProps {
  records: readonly SourceRecord[]
  onOpen?: ((id: string) => void) | undefined
  /** This row is framed. */
  current?: string
  showKind?: boolean
  /** Rows can be ticked. */
  ticked?: { has: (id: string) => boolean; toggle: (id: string) => void; label: string }
}

/** Records as rows: when, who, what. */
export function RecordTable({ records, onOpen, current, showKind = false, ticked }: RecordTableProps) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={420} type="native">
      <Table className="records" stickyHeader={false}>
        <Table.Thead>
          <Table.Tr>
            {ticked && (
              <Table.Th>
                <span className="unseen">{ticked.label}</span>
              </Table.Th>
            )}
            <Table.Th>{t("records.time")}</Table.Th>
            {showKind && <Table.Th>{t("records.kind")}</Table.Th>}
            <Table.Th>{t("records.who")}</Table.Th>
            <Table.Th>{t("records.says")}</Table.Th>
            <Table.Th>{t("records.id")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((r) => (
            <RecordRow key={r.id} record={r} onOpen={onOpen} framed={r.id === current} showKind={showKind} ticked={ticked} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface RecordRowProps extends Pick<RecordTableProps, "onOpen" | "showKind"> {
  record: SourceRecord
  framed: boolean
  ticked: RecordTableProps["ticked"] | undefined
}

function RecordRow({ record: r, onOpen, framed, showKind, ticked }: RecordRowProps) {
  return (
    <Table.Tr data-framed={framed || undefined} aria-current={framed ? "true" : undefined}>
      {ticked && (
        <Table.Td>
          <Checkbox size="xs" checked={ticked.has(r.id)} onChange={() => ticked.toggle(r.id)} aria-label={`${ticked.label} ${r.id}`} />
        </Table.Td>
      )}
      <Table.Td className="nowrap">
        <TimeLine at={r.at} />
      </Table.Td>
      {showKind && <Table.Td>{wordOf("kinds", r.kind)}</Table.Td>}
      <Table.Td>
        <Parties record={r} />
      </Table.Td>
      <Table.Td className="says">
        <Says record={r} />
      </Table.Td>
      <Table.Td>
        {onOpen && !framed ? (
          <button type="button" className="id-link" onClick={() => onOpen(r.id)}>
            <Identifier>{r.id}</Identifier>
          </button>
        ) : (
          <Identifier>{r.id}</Identifier>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Parties({ record }: { record: SourceRecord }) {
  return (
    <span className="parties">
      {record.parties.map((p, i) => (
        <span key={`${p.part} ${p.ids[0]?.raw ?? p.name ?? i}`}>
          <span className="dim">{wordOf("parts", p.part)}</span> {p.name && <Quoted>{p.name}</Quoted>}{" "}
          {p.ids.slice(0, 2).map((id) => (
            <Identifier key={`${id.type} ${id.raw}`}>{id.raw}</Identifier>
          ))}
        </span>
      ))}
    </span>
  )
}

function Says({ record }: { record: SourceRecord }) {
  const text = textOf(record)
  if (text) return <Quoted>{text}</Quoted>
  return (
    <>
      {summaryOf(record).map(([name, value], i) => (
        <span key={name}>
          {i > 0 && " · "}
          <Quoted>{value}</Quoted>
        </span>
      ))}
    </>
  )
}
