import { Badge, Button, Group, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ask } from "../api.ts"
import { SignedReason } from "../entities/DecisionList.tsx"
import { whole } from "../language/numbers.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { ChangedRow, ParameterSource, ParametersShown, Proposal } from "./answers.ts"

interface ProposalsProps {
  shown: ParametersShown
  investigation: string
  mayAdopt: boolean
}

/** Sets that could be adopted, each with what it would change. */
export function Proposals({ shown, investigation, mayAdopt }: ProposalsProps) {
  const { t } = useTranslation()
  const [opened, open] = useState<{ source: ParameterSource; what: "pairs" | "adopt" } | null>(null)
  const toggle = (source: ParameterSource, what: "pairs" | "adopt") =>
    open((now) => (now?.source === source && now.what === what ? null : { source, what }))
  return (
    <Stack gap="sm">
      <Text size="sm">{t("linkage.decidedPairs", { same: whole(shown.decided.same), other: whole(shown.decided.other) })}</Text>
      {shown.proposals.map((p) => (
        <article key={p.source} className="proposal">
          <Group gap="sm">
            <strong>{t(`linkage.sources.${p.source}`)}</strong>
            {p.set && <Identifier>{p.set.hash.slice(0, 12)}</Identifier>}
            {p.set && p.set.hash === shown.inForce?.hash && <Badge variant="outline">{t("linkage.isInForce")}</Badge>}
          </Group>
          {p.set ? <Effect of={p} /> : p.missing && <NodeSays>{p.missing}</NodeSays>}
          {p.set && (
            <Group gap="xs" mt={6}>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => toggle(p.source, "pairs")}
                aria-expanded={opened?.source === p.source && opened.what === "pairs"}
              >
                {t(opened?.source === p.source && opened.what === "pairs" ? "linkage.hide" : "linkage.compare")}
              </Button>
              {mayAdopt && (
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => toggle(p.source, "adopt")}
                  aria-expanded={opened?.source === p.source && opened.what === "adopt"}
                >
                  {t("linkage.adopt")}
                </Button>
              )}
            </Group>
          )}
          {p.set && opened?.source === p.source && opened.what === "pairs" && <Changed source={p.source} investigation={investigation} />}
          {p.set && opened?.source === p.source && opened.what === "adopt" && (
            <SignedReason
              label={t("entities.reason")}
              help={t("linkage.adoptHelp")}
              button={t("linkage.adopt")}
              sign={async (reason) =>
                void (await ask("entities.adopt-parameters", { investigation, source: p.source, hash: p.set!.hash, reason }))
              }
            />
          )}
        </article>
      ))}
    </Stack>
  )
}

function Effect({ of: { joins, parts, answered } }: { of: Proposal }) {
  const { t } = useTranslation()
  return (
    <Text size="sm">
      {t("linkage.joins")}: {whole(joins)} · {t("linkage.parts")}: {whole(parts)}
      {answered.same + answered.other > 0 && (
        <>
          {" · "}
          {t("linkage.answersHelp", {
            same: whole(answered.sameHeld),
            ofSame: whole(answered.same),
            other: whole(answered.other - answered.otherHeld),
            ofOther: whole(answered.other),
          })}
        </>
      )}
    </Text>
  )
}

/** The pairs that would be joined or parted, the most doubtful first. */
function Changed({ source, investigation }: { source: ParameterSource; investigation: string }) {
  const { t } = useTranslation()
  const { data, error, isFetching, progress, refetch } = useValue("entities.compare-parameters", { investigation, source }, { slow: true })
  const row = (r: ChangedRow) => (
    <>
      <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: r.entity }}>
        <Quoted>{r.label}</Quoted>
      </Go>{" "}
      <RecordLinks records={[r.record]} />
    </>
  )
  if (error) return <FailureNote failure={error} again={() => void refetch()} />
  if (isFetching || !data) return <Working progress={progress} />
  const all = data.joins + data.parts
  return (
    <Stack gap={6} mt="xs">
      <Text size="xs" c="dimmed">
        {all === 0 ? t("linkage.noPairs") : t("linkage.compareHelp")} {data.withheld > 0 && t("linkage.withheld", { count: data.withheld })}
      </Text>
      {data.pairs.length > 0 && (
        <Table.ScrollContainer minWidth={560} type="native">
          <Table withTableBorder verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {(["change", "a", "b", "weight"] as const).map((column) => (
                  <Table.Th key={column}>{t(`linkage.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.pairs.map((p) => (
                <Table.Tr key={`${p.a.record} ${p.b.record}`}>
                  <Table.Td>
                    {t(`linkage.changes.${p.change}`)}{" "}
                    {p.together && p.change === "join" && <span className="dim">({t("linkage.through")})</span>}
                  </Table.Td>
                  <Table.Td>{row(p.a)}</Table.Td>
                  <Table.Td>{row(p.b)}</Table.Td>
                  <Table.Td className="level-figure">
                    <bdi dir="ltr">{whole(p.weight)}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {data.pairs.length < all - data.withheld && (
        <Text size="xs">{t("linkage.shown", { n: whole(data.pairs.length), of: whole(all - data.withheld) })}</Text>
      )}
    </Stack>
  )
}
