import { Badge } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../../investigation.ts"
import { gradeWord, relationWord, ruleWord } from "../../language/attribution-words.ts"
import { moment, whole } from "../../language/numbers.ts"
import { wordOf } from "../../language/words.ts"
import { RecordLinks } from "../../network/RecordLinks.tsx"
import { Go } from "../../parts/Go.tsx"
import { Identifier, NodeSays, Quoted, Towards } from "../../parts/Isolated.tsx"
import type { AttributionClaim, AttributionEvidence } from "./answers.ts"
import { Withdrawal } from "./Withdrawal.tsx"

interface ClaimTableProps {
  claims: readonly AttributionClaim[]
  investigation: string
  holdings: Holdings
}

/** Claims by period, what speaks for each and against it side by side, as a court reads them. */
export function ClaimTable({ claims, investigation, holdings }: ClaimTableProps) {
  const { t } = useTranslation()
  return (
    <div className="attribution">
      {claims.map((c) => (
        <article key={c.id} className="attribution-claim" data-contradicted={c.contradicted || undefined}>
          <header className="attribution-head">
            <span className="dim">{relationWord(c.relation)}</span>
            {c.whose.startsWith("en_") ? (
              <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: c.whose }}>
                <Quoted>{holdings.labelOf(c.whoseLabel)}</Quoted>
              </Go>
            ) : (
              <Key of={c.whose} holdings={holdings} />
            )}
            <span aria-hidden>
              <Towards />
            </span>
            <Key of={c.what} holdings={holdings} />
            <Period from={c.from} to={c.to} />
            <Badge variant={c.grade === "none" ? "outline" : "light"} color={c.contradicted ? "red" : "blue"} tt="none">
              {gradeWord(c.grade)}
            </Badge>
            <span className="dim">{t("attribution.origins", { n: whole(c.origins) })}</span>
            {c.contradicted && <strong>{t("attribution.contradicted")}</strong>}
          </header>
          <div className="attribution-sides">
            <Side title={t("attribution.for")} evidence={c.for} investigation={investigation} />
            <Side title={t("attribution.against")} evidence={c.against} investigation={investigation} />
          </div>
        </article>
      ))}
    </div>
  )
}

function Side({ title, evidence, investigation }: { title: string; evidence: readonly AttributionEvidence[]; investigation: string }) {
  const { t } = useTranslation()
  return (
    <section className="attribution-side">
      <h3>{title}</h3>
      {evidence.length === 0 && <p className="dim">{t("attribution.nothing")}</p>}
      <ul>
        {evidence.map((e) => (
          <li key={`${e.rule} ${e.origin} ${e.words} ${e.records.join()}`}>
            <strong>{ruleWord(e.rule)}</strong> <span className="dim">{t("attribution.weight", { n: whole(e.weight) })}</span>
            {e.class === "naming" && <span className="dim"> · {t("attribution.naming")}</span>}
            <div>{e.statement === null ? <NodeSays>{e.words}</NodeSays> : <Quoted>{e.words}</Quoted>}</div>
            <div className="dim">
              {t("attribution.innocent")} <NodeSays>{e.innocent}</NodeSays>
            </div>
            {(e.from !== null || e.to !== null) && <Period from={e.from} to={e.to} />} <RecordLinks records={e.records} />
            {e.by !== null && (
              <div className="dim">
                <bdi>{t("attribution.stated", { by: e.by })}</bdi>
              </div>
            )}
            {e.statement !== null && <Withdrawal statement={e.statement} investigation={investigation} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Period({ from, to }: { from: string | null; to: string | null }) {
  const { t } = useTranslation()
  const at = (iso: string | null) => (iso === null ? t("attribution.open") : moment(iso))
  return <span className="attribution-period">{from !== null && from === to ? at(from) : `${at(from)} – ${at(to)}`}</span>
}

/** An identifier by its kind and value; a seized handset by its reference. */
function Key({ of, holdings }: { of: string; holdings: Holdings }) {
  const cut = of.indexOf(":")
  const type = of.slice(0, cut)
  if (type === "holder") return <bdi>{holdings.labelOf(of)}</bdi>
  return (
    <span>
      <span className="dim">{wordOf("identifierTypes", type)}</span> <Identifier>{of.slice(cut + 1)}</Identifier>
    </span>
  )
}
