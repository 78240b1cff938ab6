import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Identifier } from "../parts/Isolated.tsx"
import type { SourceRecord } from "../types.ts"

/** When, in UTC; with `full`, also as written, how fine, and how the zone is known. */
export function TimeLine({ at, full = false }: { at: SourceRecord["at"]; full?: boolean }) {
  const { t } = useTranslation()
  if (!at.iso) return <span>{at.raw ? <Identifier>{at.raw}</Identifier> : t("records.noTime")}</span>
  const fine = at.precision === "second" || at.precision === "millisecond"
  return (
    <span>
      <time dateTime={at.iso}>
        <bdi>{moment(at.iso, fine)}</bdi>
      </time>
      {full && at.raw && (
        <span className="dim">
          {" "}
          · {t("records.timeRaw")} <Identifier>{at.raw}</Identifier>
        </span>
      )}
      {full && at.precision && (
        <span className="dim">
          {" "}
          · {t("records.precision")} <Identifier>{at.precision}</Identifier>
        </span>
      )}
      {full && at.zone === "unknown" && <span className="dim"> · {t("records.timeUnknownZone")}</span>}
    </span>
  )
}
