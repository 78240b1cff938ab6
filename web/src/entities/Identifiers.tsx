import { Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../investigation.ts"
import { day, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import type { Entity } from "../types.ts"

/** Identifiers in their normal form, with the period in which each was seen. A number is not its user for ever. */
export function Identifiers({ entity, holdings }: { entity: Entity; holdings: Holdings }) {
  const { t } = useTranslation()
  return (
    <Section title={t("entities.identifiersTitle")}>
      <Table.ScrollContainer minWidth={420} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("entities.type")}</Table.Th>
              <Table.Th>{t("entities.value")}</Table.Th>
              <Table.Th>{t("entities.first")}</Table.Th>
              <Table.Th>{t("entities.last")}</Table.Th>
              <Table.Th ta="end">{t("entities.items")}</Table.Th>
              <Table.Th ta="end">{t("entities.records")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entity.identifiers.map((i) => (
              <Table.Tr key={i.key}>
                <Table.Td>{wordOf("identifierTypes", i.type)}</Table.Td>
                <Table.Td>{i.type === "holder" ? <bdi>{holdings.itemName(i.value)}</bdi> : <Identifier>{i.value}</Identifier>}</Table.Td>
                <Table.Td className="nowrap">{i.from && <bdi>{day(i.from)}</bdi>}</Table.Td>
                <Table.Td className="nowrap">{i.to && <bdi>{day(i.to)}</bdi>}</Table.Td>
                <Table.Td ta="end">{whole(i.items)}</Table.Td>
                <Table.Td ta="end">{whole(i.records)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}

export function Labels({ entity }: { entity: Entity }) {
  const { t } = useTranslation()
  return (
    <Section title={t("entities.labels")} help={t("entities.labelsHelp")}>
      {entity.labels.length === 0 ? (
        <Text size="sm">{t("none")}</Text>
      ) : (
        <ul className="labels">
          {entity.labels.map((l) => (
            <li key={l.name}>
              <Quoted>{l.name}</Quoted>{" "}
              <span className="dim">
                {t("entities.uses", { count: l.uses })} · {t("entities.inItems", { count: l.items })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function Mentions({ entity }: { entity: Entity }) {
  const { t } = useTranslation()
  if (entity.mentions.length === 0) return null
  return (
    <Section title={t("entities.mentions")}>
      <Table.ScrollContainer minWidth={360} type="native">
        <Table maw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("entities.kind")}</Table.Th>
              <Table.Th>{t("entities.part")}</Table.Th>
              <Table.Th ta="end">{t("entities.items")}</Table.Th>
              <Table.Th ta="end">{t("entities.records")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entity.mentions.map((m) => (
              <Table.Tr key={`${m.kind} ${m.part}`}>
                <Table.Td>{wordOf("kinds", m.kind)}</Table.Td>
                <Table.Td>{wordOf("parts", m.part)}</Table.Td>
                <Table.Td ta="end">{whole(m.items)}</Table.Td>
                <Table.Td ta="end">{whole(m.records)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}
