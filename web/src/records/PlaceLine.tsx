import { useTranslation } from "react-i18next"
import { digits, whole } from "../language/numbers.ts"
import { Identifier } from "../parts/Isolated.tsx"
import type { Place, Reject } from "../types.ts"

/** Where in its exhibit something stands: enough to find it again with other tools. */
export function PlaceLine({ place, exhibit }: { place: Place | Reject; exhibit?: string }) {
  const { t } = useTranslation()
  const parts: { name: string; value: string }[] = []
  const file = place.file || exhibit
  if (file) parts.push({ name: t("rejects.file"), value: file })
  if (place.table) parts.push({ name: t("rejects.table"), value: place.table })
  if (place.row) parts.push({ name: t("rejects.row"), value: place.row })
  const { byteStart, byteEnd } = place
  return (
    <span className="place">
      {parts.map(({ name, value }) => (
        <span key={name}>
          {name} <Identifier>{value}</Identifier>
        </span>
      ))}
      {byteStart !== null && (
        <span>
          {byteEnd === null
            ? `${t("rejects.bytes")} ${digits(String(byteStart))}`
            : t("records.bytes", { start: whole(byteStart), end: whole(byteEnd) })}
        </span>
      )}
      {parts.length === 0 && byteStart === null && <span>{t("rejects.whole")}</span>}
    </span>
  )
}
