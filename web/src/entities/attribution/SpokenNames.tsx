import { useTranslation } from "react-i18next"
import type { Holdings } from "../../investigation.ts"
import { spokenWord } from "../../language/attribution-words.ts"
import { whole } from "../../language/numbers.ts"
import { RecordLinks } from "../../network/RecordLinks.tsx"
import { Go } from "../../parts/Go.tsx"
import { NodeSays, Quoted } from "../../parts/Isolated.tsx"
import { Section } from "../../parts/Section.tsx"
import type { SpokenName } from "./answers.ts"

interface SpokenNamesProps {
  spoken: readonly SpokenName[]
  investigation: string
  holdings: Holdings
}

/** Names that are spoken of, and whom each may be, with what speaks for and against. */
export function SpokenNames({ spoken, investigation, holdings }: SpokenNamesProps) {
  const { t } = useTranslation()
  return (
    <Section title={t("attribution.spoken.title")} help={t("attribution.spoken.help")}>
      {spoken.length === 0 && <p>{t("attribution.spoken.none")}</p>}
      {spoken.map((s) => (
        <article key={s.key} className="attribution-claim">
          <header className="attribution-head">
            <strong>
              <Quoted>{s.name}</Quoted>
            </strong>
            <span className="dim">{t("attribution.spoken.events", { n: whole(s.events) })}</span>
            {s.resolved === null && <span>{t("attribution.spoken.apart")}</span>}
          </header>
          {s.candidates.map((c) => (
            <div key={c.entity}>
              <header className="attribution-head">
                <span className="dim">{s.resolved === c.entity ? t("attribution.spoken.heldFor") : t("attribution.spoken.candidate")}</span>
                <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: c.entity }}>
                  <Quoted>{holdings.labelOf(c.label)}</Quoted>
                </Go>
                <span className="dim">{t("attribution.weight", { n: whole(c.weight) })}</span>
              </header>
              <div className="attribution-sides">
                {(["for", "against"] as const).map((side) => (
                  <section key={side} className="attribution-side">
                    <h3>{t(`attribution.${side}`)}</h3>
                    {c[side].length === 0 && <p className="dim">{t("attribution.nothing")}</p>}
                    <ul>
                      {c[side].map((e) => (
                        <li key={e.rule}>
                          <strong>{spokenWord(e.rule)}</strong>{" "}
                          <span className="dim">{t("attribution.weight", { n: whole(e.weight) })}</span>
                          <div>
                            <NodeSays>{e.words}</NodeSays>
                          </div>
                          <RecordLinks records={e.records} />
                        </li>
                      ))}
                    </ul>
                  </section>
                ))}
              </div>
            </div>
          ))}
        </article>
      ))}
    </Section>
  )
}
