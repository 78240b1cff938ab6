import { CloseButton, Group, Paper, Text, Title } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { gradeWord } from "../language/attribution-words.ts"
import { decimal } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import type { GraphEdge } from "../types.ts"
import type { Picture } from "./picture.ts"
import { RecordLinks } from "./RecordLinks.tsx"

interface ChosenProps {
  picture: Picture
  investigation: string
  chosen: string | null
  tie: GraphEdge | null
  onChoose: (entity: string | null) => void
  onTie: (tie: GraphEdge | null) => void
}

/** Who or which tie was chosen, in words: the drawing for those who do not use it. */
export function Chosen({ picture, investigation, chosen, tie, onChoose, onTie }: ChosenProps) {
  const { t } = useTranslation()
  if (tie && picture.hasNode(tie.a) && picture.hasNode(tie.b))
    return (
      <Paper withBorder p="sm" className="chosen" component="section" aria-label={t("network.tie")}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h6">
            {t("network.tie")}
          </Title>
          <CloseButton size="sm" aria-label={t("close")} onClick={() => onTie(null)} />
        </Group>
        <Tie tie={tie} picture={picture} />
      </Paper>
    )
  if (!chosen || !picture.hasNode(chosen)) return null
  const dot = picture.getNodeAttributes(chosen)
  const ties = picture
    .edges(chosen)
    .map((e) => picture.getEdgeAttribute(e, "tie"))
    .sort((a, b) => b.weight - a.weight)
  return (
    <Paper withBorder p="sm" className="chosen" component="section" aria-label={t("network.chosen")}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h6">
          {dot.sort === "masked" ? (
            t("entities.protected")
          ) : (
            <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: chosen }}>
              <Quoted>{dot.label}</Quoted>
            </Go>
          )}
        </Title>
        <CloseButton size="sm" aria-label={t("network.clear")} onClick={() => onChoose(null)} />
      </Group>
      {dot.sort === "masked" && <Text size="xs">{t("network.maskedSays")}</Text>}
      <Text size="xs" c="dimmed">
        {t("network.ties", { count: ties.length })}
      </Text>
      <ul className="ties">
        {ties.map((one) => (
          <li key={`${one.a} ${one.b}`}>
            <Tie tie={one} picture={picture} of={chosen} />
          </li>
        ))}
      </ul>
    </Paper>
  )
}

/** One tie: who, by which layers, in how many events, and its records, unless it touches somebody protected. */
function Tie({ tie, picture, of }: { tie: GraphEdge; picture: Picture; of?: string }) {
  const { t } = useTranslation()
  const name = (id: string) => {
    const dot = picture.getNodeAttributes(id)
    return dot.sort === "masked" ? <em key={id}>{t("entities.protected")}</em> : <Quoted key={id}>{dot.label}</Quoted>
  }
  const masked = [tie.a, tie.b].some((id) => picture.getNodeAttribute(id, "sort") === "masked")
  const others = of ? [tie.a, tie.b].filter((id) => id !== of) : [tie.a, tie.b]
  return (
    <div className="tie">
      <span className="tie-who">{others.flatMap((id, i) => (i > 0 ? [" – ", name(id)] : [name(id)]))}</span>
      <span className="dim">
        {tie.layers.map((l) => wordOf("layers", l)).join(", ")} · {t("network.tieEvents", { count: tie.events })} ·{" "}
        {t("network.records", { count: tie.records })} · {decimal(tie.weight)} · {t("attribution.sure", { grade: gradeWord(tie.sure) })}
      </span>
      {masked ? <span className="dim">{t("network.tieProtected")}</span> : <RecordLinks records={tie.sample} />}
    </div>
  )
}
