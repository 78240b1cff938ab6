import { Table, Title } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { wordOf } from "../language/words.ts"
import type { Ranking } from "../types.ts"

/** What each layer shows by itself: how many ties, who stands highest, whom no other layer shows. */
export function LayersAlone({ ranking, labelOf }: { ranking: Ranking; labelOf: (entity: string) => string }) {
  const { t } = useTranslation()
  if (ranking.layers.length === 0) return null
  return (
    <section>
      <Title order={2} size="h6" mb={4}>
        {t("network.layersAlone")}
      </Title>
      <Table fz="xs">
        <Table.Tbody>
          {ranking.layers.map((l) => (
            <Table.Tr key={l.layer}>
              <Table.Th scope="row">{wordOf("layers", l.layer)}</Table.Th>
              <Table.Td className="nowrap">{t("network.layerTies", { count: l.ties })}</Table.Td>
              <Table.Td>
                <bdi>{l.top.map(labelOf).join(", ")}</bdi>
                {l.onlyHere.length > 0 && (
                  <div className="dim">
                    <bdi>{t("network.onlyHere", { names: l.onlyHere.map(labelOf).join(", ") })}</bdi>
                  </div>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
