import { Tabs, Text } from "@mantine/core"
import { useVirtualizer } from "@tanstack/react-virtual"
import { useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Working } from "../parts/Working.tsx"
import { useRows } from "../queries.ts"
import type { SourceRecord } from "../types.ts"
import { useOpenRecord } from "./open.ts"
import { TimeLine } from "./TimeLine.tsx"
import { partyName, summaryOf, textOf } from "./text.ts"

const MOST = 5000
const ROW_PX = 52

/** All records that one exhibit gave, kind by kind. Thousands of rows; only those in view are in the page. */
export function RecordList({ investigation, exhibit, read }: { investigation: string; exhibit: string; read: Record<string, number> }) {
  const kinds = Object.entries(read).sort(([, a], [, b]) => b - a)
  const [kind, setKind] = useState(kinds[0]?.[0] ?? "")
  if (kinds.length === 0) return null
  return (
    <Tabs value={kind} onChange={(k) => k && setKind(k)} keepMounted={false}>
      <Tabs.List>
        {kinds.map(([k, n]) => (
          <Tabs.Tab key={k} value={k}>
            {wordOf("kinds", k)} ({whole(n)})
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {kinds.map(([k]) => (
        <Tabs.Panel key={k} value={k} pt="xs">
          <KindRows investigation={investigation} exhibit={exhibit} kind={k} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function KindRows({ investigation, exhibit, kind }: { investigation: string; exhibit: string; kind: string }) {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useRows("records.list", { investigation, exhibit, kind, limit: MOST })
  const box = useRef<HTMLDivElement>(null)
  const { open } = useOpenRecord()
  const rows = useVirtualizer({ count: data?.length ?? 0, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 12 })
  if (isPending) return <Working />
  if (error) return <FailureNote failure={error} again={() => void refetch()} />
  return (
    <>
      <Text size="xs" c="dimmed" mb={4}>
        {t("records.order")} {data && data.length >= MOST && t("records.limited", { n: whole(MOST) })}
      </Text>
      <div ref={box} className="row-box">
        <ol aria-label={t("records.listTitle", { kind: wordOf("kinds", kind) })} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((at) => {
            const r = data![at.index]!
            return (
              <li
                key={r.id}
                aria-posinset={at.index + 1}
                aria-setsize={data!.length}
                className="row-line"
                style={{ height: at.size, transform: `translateY(${at.start}px)` }}
              >
                <button type="button" className="row-button" onClick={() => open(r.id)}>
                  <RowWords record={r} />
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </>
  )
}

function RowWords({ record }: { record: SourceRecord }) {
  const text = textOf(record)
  return (
    <>
      <span className="row-head">
        <TimeLine at={record.at} />
        <span>
          {record.parties.slice(0, 3).map((p, i) => (
            <span key={`${p.part} ${p.ids[0]?.raw ?? p.name ?? i}`}>
              {i > 0 && " · "}
              <span className="dim">{wordOf("parts", p.part)}</span>{" "}
              {p.name ? <Quoted>{p.name}</Quoted> : <Identifier>{partyName(p)}</Identifier>}
            </span>
          ))}
        </span>
      </span>
      <span className="row-says">
        <Quoted>
          {text ??
            summaryOf(record)
              .map(([, value]) => value)
              .join(" · ")}
        </Quoted>
      </span>
    </>
  )
}
