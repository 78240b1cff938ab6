import { Button, Group, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import { Lines } from "../safeguards/form.tsx"
import type { DeviceRecord } from "./answers.ts"
import { useDeviceAct } from "./RecordForms.tsx"

const SCOPES = ["in", "undecided", "sealed", "apart"] as const

/** How many rows lie where: numbers, no row. */
export function Counts({ investigation, item }: { investigation: string; item: string }) {
  const { t } = useTranslation()
  const { data, error, isFetching, refetch } = useValue("records.scope-counts", { investigation, item })
  return (
    <Section title={t("devices.counts")} help={t("devices.countsHelp")}>
      {isFetching && !data && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <Table withRowBorders={false} w="auto">
          <Table.Tbody>
            {SCOPES.map((scope) => (
              <Table.Tr key={scope}>
                <Table.Th scope="row">{wordOf("scopes", scope)}</Table.Th>
                <Table.Td>{whole(data.rows[scope])}</Table.Td>
              </Table.Tr>
            ))}
            {data.apart.map((a) => (
              <Table.Tr key={a.category}>
                <Table.Td className="dim">{wordOf("apartCategories", a.category)}</Table.Td>
                <Table.Td>
                  {whole(a.rows)} <span className="dim">{t("devices.byRule", { n: whole(a.byRule), lifted: whole(a.lifted) })}</span>
                </Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">{t("devices.rejects")}</Table.Th>
              <Table.Td>{whole(data.rejects)}</Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
      {data && !data.sorted && <Text size="sm">{t("devices.unsorted")}</Text>}
    </Section>
  )
}

/** The blind comparison: run it, and see hits alone. A hit's row can be chosen for the rule beside it. */
export function Blind({ investigation, item, onChoose }: { investigation: string; item: string; onChoose: (record: string) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useValue("records.blind-hits", { investigation, item })
  const compare = useAct("records.compare-blind")
  return (
    <Section title={t("devices.blind")} help={t("devices.blindHelp")}>
      <div>
        <Button size="xs" variant="default" loading={compare.running} onClick={() => void compare.run({ investigation, item })}>
          {t("devices.compare")}
        </Button>
      </div>
      {compare.failure && <FailureNote failure={compare.failure} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.lastRun && (
        <Text size="sm">
          {t("devices.compared", { compared: whole(data.lastRun.compared), hits: whole(data.lastRun.hits) })}{" "}
          <bdi>{moment(data.lastRun.at)}</bdi>
        </Text>
      )}
      {data && data.hits.length > 0 && (
        <ul className="claims">
          {data.hits.map((h) => (
            <li key={`${h.record} ${h.value}`}>
              <Group gap="xs">
                <Identifier>{h.value}</Identifier>
                <span>
                  {t("devices.inScopeIn")} <Quoted>{h.foundIn.map((f) => f.reference ?? f.item).join(", ")}</Quoted>
                </span>
                <Button size="compact-xs" variant="light" onClick={() => onChoose(h.record)}>
                  {t("devices.chooseHit", { kind: wordOf("kinds", h.kind) })}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** At review: one person proposes, another confirms. */
export function Destroy({ investigation, record }: { investigation: string; record: DeviceRecord }) {
  const { t } = useTranslation()
  const { item } = record.device
  const [ground, setGround] = useState("")
  const propose = useDeviceAct("records.propose-destruction")
  const destroy = useAct("records.destroy-out-of-scope")
  const { destruction: d } = record
  return (
    <Section title={t("devices.destroy")} help={t("devices.destroyHelp")}>
      {d?.doneAt && (
        <Text size="sm">
          {t("devices.destroyed")} <bdi>{moment(d.doneAt)}</bdi> · <Quoted>{`${d.proposedBy}, ${d.confirmedBy}`}</Quoted> ·{" "}
          <Quoted>{d.ground}</Quoted>
        </Text>
      )}
      {d && !d.doneAt && (
        <Stack gap={4}>
          <Text size="sm">
            {t("devices.proposed")} <Quoted>{d.proposedBy}</Quoted> · <bdi>{moment(d.proposedAt)}</bdi> · <Quoted>{d.ground}</Quoted>
          </Text>
          <Text size="sm">
            {t("devices.wouldGo", { rows: whole((d.counts.sealed ?? 0) + (d.counts.apart ?? 0)), kept: whole(d.counts.in ?? 0) })}
          </Text>
          <div>
            <Button
              size="xs"
              color="red"
              loading={destroy.running}
              onClick={() => void destroy.run({ investigation, item, proposal: d.proposal })}
            >
              {t("devices.confirm")}
            </Button>
          </div>
          {destroy.failure && <FailureNote failure={destroy.failure} />}
        </Stack>
      )}
      {!d?.doneAt && (
        <form
          noValidate
          onSubmit={(e) => {
            e.preventDefault()
            propose.mutate({ investigation, item, ground })
          }}
        >
          <Stack gap="xs">
            <Lines label={t("devices.ground")} value={ground} onChange={setGround} required />
            <div>
              <Button type="submit" size="xs" variant="default" loading={propose.isPending}>
                {t("devices.propose")}
              </Button>
            </div>
            {propose.error && <FailureNote failure={propose.error} />}
          </Stack>
        </form>
      )}
    </Section>
  )
}
