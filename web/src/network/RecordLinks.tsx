import { useState } from "react"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { useOpenRecord } from "../records/open.ts"

const AT_FIRST = 6

/** The records under a statement; each opens in its exhibit. */
export function RecordLinks({ records }: { records: readonly string[] }) {
  const { t } = useTranslation()
  const { open } = useOpenRecord()
  const [all, setAll] = useState(false)
  if (records.length === 0) return <span className="dim">{t("network.noRecords")}</span>
  const shown = all ? records : records.slice(0, AT_FIRST)
  return (
    <span className="record-links">
      {shown.map((id, i) => (
        <button type="button" key={id} className="record-link" onClick={() => open(id)} title={id}>
          {t("network.recordN", { n: whole(i + 1) })}
        </button>
      ))}
      {records.length > AT_FIRST && (
        <button type="button" className="record-link" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("less") : `+ ${whole(records.length - AT_FIRST)}`}
        </button>
      )}
    </span>
  )
}
