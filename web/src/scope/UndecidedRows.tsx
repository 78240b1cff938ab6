import { Tabs, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { RecordTable } from "../records/RecordTable.tsx"

const MOST = 200

interface UndecidedRowsProps {
  investigation: string
  item: string
  /** Rows at intake by kind. */
  kinds: Record<string, number>
  rows: readonly string[]
  onToggle: (id: string) => void
}

/** The rows of one device that nobody has decided on; shown here and nowhere else. */
export function UndecidedRows({ investigation, item, kinds, rows, onToggle }: UndecidedRowsProps) {
  const { t } = useTranslation()
  const order = Object.entries(kinds).sort(([, a], [, b]) => b - a)
  const [kind, setKind] = useState(order[0]?.[0] ?? "")
  return (
    <Section title={t("scope.undecided")}>
      <Tabs value={kind} onChange={(k) => k && setKind(k)} keepMounted={false}>
        <Tabs.List>
          {order.map(([k, n]) => (
            <Tabs.Tab key={k} value={k}>
              {wordOf("kinds", k)} ({whole(n)} {t("scope.atIntake")})
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {order.map(([k]) => (
          <Tabs.Panel key={k} value={k} pt="xs">
            <KindRows investigation={investigation} item={item} kind={k} rows={rows} onToggle={onToggle} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  )
}

function KindRows({ investigation, item, kind, rows, onToggle }: Omit<UndecidedRowsProps, "kinds"> & { kind: string }) {
  const { t } = useTranslation()
  const { data, error, isPending, isFetching, refetch } = useValue("records.undecided", { investigation, item, kind, limit: MOST })
  if (isPending) return <Working />
  if (error) return <FailureNote failure={error} again={() => void refetch()} />
  if (!data || data.length === 0) return <Text size="sm">{t("scope.undecidedNone")}</Text>
  return (
    <>
      {isFetching && <Working />}
      {data.length >= MOST && (
        <Text size="xs" c="dimmed">
          {t("scope.limited", { n: whole(MOST) })}
        </Text>
      )}
      <RecordTable records={data} ticked={{ has: (id) => rows.includes(id), toggle: onToggle, label: t("scope.choose") }} />
    </>
  )
}
