import { useTranslation } from "react-i18next"
import { decimal } from "../language/numbers.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import type { SourceRecord } from "../types.ts"
import { TimeLine } from "./TimeLine.tsx"
import { partyName, senderOf, textOf } from "./text.ts"

const mine = (r: SourceRecord): boolean => senderOf(r)?.owner === true || r.fields.direction === "out"

/** Messages as they were exchanged, the holder of the device on one side; the record asked for is framed. */
export function Conversation({
  records,
  chosen,
  onChoose,
}: {
  records: readonly SourceRecord[]
  chosen: string
  onChoose: (id: string) => void
}) {
  const { t } = useTranslation()
  return (
    <ol className="conversation">
      {records.map((r) => {
        const from = senderOf(r)
        const text = textOf(r)
        const seconds = typeof r.fields.durationS === "number" ? r.fields.durationS : null
        const attachment = typeof r.fields.attachment === "string" ? r.fields.attachment : null
        return (
          <li key={r.id} data-mine={mine(r)} aria-current={r.id === chosen ? "true" : undefined}>
            <button type="button" className="message" onClick={() => onChoose(r.id)} disabled={r.id === chosen}>
              <span className="message-from">
                {from ? <Quoted>{partyName(from)}</Quoted> : t("unknown")}
                {from?.owner && <span className="dim"> · {t("records.owner")}</span>}
              </span>
              {r.kind === "voice-note" && (
                <span className="dim">
                  {t("records.voice")}
                  {seconds !== null && ` · ${decimal(seconds)} s`}
                  {!text && ` · ${t("records.notTranscribed")}`}
                </span>
              )}
              {text && (
                <span className="message-text" dir="auto" translate="no">
                  {text}
                </span>
              )}
              {attachment && (
                <span className="dim">
                  {t("records.attachment")} <Identifier>{attachment}</Identifier>
                </span>
              )}
              {!text && !attachment && r.kind !== "voice-note" && <span className="dim">{t("records.noText")}</span>}
              <span className="message-when">
                <TimeLine at={r.at} />
                {r.deleted === "yes" && ` · ${t("records.deleted.yes")}`}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
