import { Button } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Quoted } from "./Isolated.tsx"

const SHOWN = 50

type Folded = { entries: [string, unknown][]; of: "object" | "array" }

const foldedOf = (value: unknown): Folded | null =>
  Array.isArray(value)
    ? { of: "array", entries: value.map((v, i) => [String(i), v]) }
    : typeof value === "object" && value !== null
      ? { of: "object", entries: Object.entries(value) }
      : null

interface JsonTreeProps {
  value: unknown
  name?: string
  /** How many levels stand open at first. */
  open?: number
}

/** Any answer as a tree that opens level by level; what is folded is not drawn. */
export function JsonTree({ value, name, open = 2 }: JsonTreeProps) {
  const folded = foldedOf(value)
  if (!folded || folded.entries.length === 0)
    return (
      <div className="json-leaf" dir="ltr">
        {name !== undefined && <Name>{name}</Name>}
        <Leaf value={value} />
      </div>
    )
  return <Branch folded={folded} name={name} open={open} />
}

function Branch({ folded: { entries, of }, name, open }: { folded: Folded; name: string | undefined; open: number }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(open > 0)
  const [most, setMost] = useState(SHOWN)
  return (
    <details open={opened} onToggle={(e) => setOpened(e.currentTarget.open)} className="json" dir="ltr">
      <summary>
        {name !== undefined && <Name>{name}</Name>}
        <span className="dim">
          {of === "array" ? "[ ]" : "{ }"} {t("ask.entries", { count: entries.length })}
        </span>
      </summary>
      {opened && (
        <div className="json-inner">
          {entries.slice(0, most).map(([key, inner]) => (
            <JsonTree key={key} name={key} value={inner} open={open - 1} />
          ))}
          {entries.length > most && (
            <Button size="compact-xs" variant="default" onClick={() => setMost(most + SHOWN)}>
              {t("more")}
            </Button>
          )}
        </div>
      )}
    </details>
  )
}

const Name = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="json-name" translate="no">
    {children}
  </bdi>
)

function Leaf({ value }: { value: unknown }) {
  if (typeof value === "string" && value !== "") return <Quoted>{value}</Quoted>
  return (
    <bdi dir="ltr" className="mono dim">
      {JSON.stringify(value) ?? "—"}
    </bdi>
  )
}
