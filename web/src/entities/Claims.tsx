import { Badge, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../investigation.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { Identifier, NodeSays } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import type { Entity } from "../types.ts"

/** Why several identifiers are held to be one, and which joins were refused. */
export function Claims({ entity, holdings }: { entity: Entity; holdings: Holdings }) {
  const { t } = useTranslation()
  return (
    <Section title={t("entities.claims")}>
      {entity.claims.length === 0 ? (
        <Text size="sm">{t("entities.claimsNone")}</Text>
      ) : (
        <ul className="claims">
          {entity.claims.map((c) => (
            <li key={`${c.a} ${c.b} ${c.rule}`} data-refused={c.refused !== null || undefined}>
              <div className="claim-pair">
                <Key of={c.a} holdings={holdings} />
                <span aria-hidden>{c.refused === null ? "=" : "≠"}</span>
                <Key of={c.b} holdings={holdings} />
                <Badge size="sm" variant="light" tt="none">
                  <Identifier>{c.grade}</Identifier>
                </Badge>
              </div>
              <NodeSays>{c.reason}</NodeSays>{" "}
              <span className="dim">
                {t("entities.rule")} <Identifier>{c.rule}</Identifier> · {t("entities.inItems", { count: c.items })}
              </span>{" "}
              {c.refused !== null && <strong>{t("entities.claimRefused", { why: c.refused })}</strong>} <RecordLinks records={c.records} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

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
