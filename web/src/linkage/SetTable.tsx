import { Table, Text } from "@mantine/core"
import i18next from "i18next"
import { useTranslation } from "react-i18next"
import { en } from "../language/en.ts"
import { whole } from "../language/numbers.ts"
import { NodeSays } from "../parts/Isolated.tsx"
import type { LevelShown, ParameterSetShown } from "./answers.ts"
import "./linkage.css"

const NAME_PARTS = ["given-name", "family-name"]

/** The word for one level of a comparison; as the node says it where the page has none. */
function LevelWords({ comparator, n, level }: { comparator: string; n: number; level: string }) {
  const table = (en.linkage.levels as Record<string, Record<string, string>>)[NAME_PARTS.includes(comparator) ? "name" : comparator]
  const key = `l${n + 1}`
  if (!table || !Object.hasOwn(table, key)) return <NodeSays>{level}</NodeSays>
  return i18next.t(`linkage.levels.${NAME_PARTS.includes(comparator) ? "name" : comparator}.${key}` as "linkage.levels.sex.l1")
}

function Bar({ weight, low, high }: { weight: number; low: number; high: number }) {
  const place = (x: number) => (100 * (x - low)) / (high - low || 1)
  return (
    <span className="level-track" aria-hidden>
      <span
        className="level-bar"
        data-way={weight < 0 ? "against" : "for"}
        style={{
          insetInlineStart: `${place(Math.min(0, weight))}%`,
          inlineSize: `${Math.max(0.8, place(Math.max(0, weight)) - place(Math.min(0, weight)))}%`,
        }}
      />
      <span className="level-zero" style={{ insetInlineStart: `${place(0)}%` }} />
    </span>
  )
}

/** A chance as one row in so many: what is rare is read more easily so. */
function Chance({ of }: { of: number }) {
  return <bdi dir="ltr">{of >= 0.01 ? `${whole(100 * of)} %` : `1 : ${whole(1 / of)}`}</bdi>
}

/** Every level of every comparison with its weight, and how often it is met. */
export function SetTable({ set }: { set: ParameterSetShown }) {
  const { t } = useTranslation()
  const weights = set.comparators.flatMap((c) => c.levels.map((l) => l.weight))
  const [low, high] = [Math.min(0, ...weights), Math.max(0, ...weights)]
  const row = (comparator: string, levelShown: LevelShown, n: number) => (
    <Table.Tr key={levelShown.level}>
      <Table.Td>
        <LevelWords comparator={comparator} n={n} level={levelShown.level} />
      </Table.Td>
      <Table.Td>
        <Bar weight={levelShown.weight} low={low} high={high} />
      </Table.Td>
      <Table.Td className="level-figure">
        <bdi dir="ltr">
          {levelShown.weight > 0 ? "+" : ""}
          {whole(levelShown.weight)}
        </bdi>
      </Table.Td>
      <Table.Td className="level-figure">
        <Chance of={levelShown.m} />
      </Table.Td>
      <Table.Td className="level-figure">
        <Chance of={levelShown.u} />
      </Table.Td>
    </Table.Tr>
  )
  return (
    <>
      <Text size="xs" c="dimmed">
        {t("linkage.unit")}
      </Text>
      <Table.ScrollContainer minWidth={640} type="native">
        <Table withTableBorder verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("linkage.level")}</Table.Th>
              <Table.Th colSpan={2}>{t("linkage.weight")}</Table.Th>
              <Table.Th>
                {t("linkage.chances")} {t("linkage.same")}
              </Table.Th>
              <Table.Th>
                {t("linkage.chances")} {t("linkage.other")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          {set.comparators.map(({ comparator, shipped, levels }) => (
            <Table.Tbody key={comparator}>
              <Table.Tr>
                <Table.Th colSpan={5} scope="rowgroup">
                  {Object.hasOwn(en.linkage.comparators, comparator) ? (
                    t(`linkage.comparators.${comparator}` as "linkage.comparators.sex")
                  ) : (
                    <NodeSays>{comparator}</NodeSays>
                  )}{" "}
                  {shipped && (
                    <Text span size="xs" c="dimmed">
                      {t("linkage.shippedRow")}
                    </Text>
                  )}
                </Table.Th>
              </Table.Tr>
              {levels.map((l, n) => row(comparator, l, n))}
            </Table.Tbody>
          ))}
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
