import { Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import type { ErasurePreview } from "./answers.ts"

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Counts by kind in words; what has no word of its own is told by its name. */
export function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t } = useTranslation()
  const named = (kind: string) => (kind === "mention" || kind === "reject" ? t(`retention.datasets.${kind}`) : wordOf("kinds", kind))
  return (
    <>
      {Object.entries(counts)
        .map(([kind, n]) => `${named(kind)} ${whole(n)}`)
        .join(" · ")}
    </>
  )
}

/** Exactly what an erasure would take. */
export function PreviewFacts({ preview }: { preview: ErasurePreview }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts
        facts={[
          [t("retention.rowsGo"), whole(preview.records)],
          [t("retention.byKind"), total(preview.lost) > 0 && <Counts counts={preview.lost} />],
          [t("retention.altered"), total(preview.altered) > 0 && <Counts counts={preview.altered} />],
          [t("retention.past"), preview.past > 0 && whole(preview.past)],
          [t("retention.originals"), preview.exhibits.length > 0 && whole(preview.exhibits.length)],
          [t("retention.restricted"), preview.restricted > 0 && whole(preview.restricted)],
          [t("retention.words"), total(preview.register) > 0 && whole(total(preview.register))],
          [t("retention.payloads"), preview.payloads !== null && whole(preview.payloads)],
          [t("retention.snapshots"), preview.snapshots > 0 && whole(preview.snapshots)],
          [t("retention.digest"), <Identifier key="d">{preview.digest.slice(0, 16)}</Identifier>],
        ]}
      />
      {preview.restricted > 0 && (
        <Text size="sm" maw="80ch">
          {t("retention.restrictedSays")}
        </Text>
      )}
    </>
  )
}
