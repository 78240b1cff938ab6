import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type Holdings, useHoldings, useInvestigation } from "../investigation.ts"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { EntityBrief } from "../types.ts"

const KINDS = ["person", "outlet", "hull", "engine", "document", "wallet", "account", "device", "vehicle"]
const STEP = 100
const MOST = 5000

/** Everybody and everything that the material mentions. Not a list of suspects. */
export function EntityList() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const [draft, setDraft] = useState({ find: "", kind: "" })
  const [asked, setAsked] = useState({ find: "", kind: "", limit: STEP })
  const { data, error, isFetching, progress, refetch } = useValue(
    "entities.list",
    { investigation, limit: asked.limit, ...(asked.find ? { find: asked.find } : {}), ...(asked.kind ? { kind: asked.kind } : {}) },
    { slow: true, keep: true },
  )
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked({ find: draft.find.trim(), kind: draft.kind, limit: STEP })
  }
  return (
    <Stack gap="md">
      <ScreenHead title={t("entities.title")} lead={t("entities.lead")}>
        <Go to="/i/$investigation/entities/names" params={{ investigation }} size="sm">
          {t("names.link")}
        </Go>
        <Go to="/i/$investigation/entities/linkage" params={{ investigation }} size="sm">
          {t("linkage.link")}
        </Go>
      </ScreenHead>
      <form onSubmit={submit} className="filters">
        <TextInput
          label={t("entities.find")}
          description={t("entities.findHelp")}
          value={draft.find}
          onChange={(e) => setDraft({ ...draft, find: e.currentTarget.value })}
          maxLength={200}
          miw={280}
        />
        <NativeSelect
          label={t("entities.kind")}
          value={draft.kind}
          onChange={(e) => setDraft({ ...draft, kind: e.currentTarget.value })}
          data={[{ value: "", label: t("entities.anyKind") }, ...KINDS.map((k) => ({ value: k, label: wordOf("entityKinds", k) }))]}
        />
        <Button type="submit">{t("entities.search")}</Button>
      </form>
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {isFetching && <Working progress={progress} />}
      {data && (
        <>
          <Text size="sm" c="dimmed" aria-live="polite">
            {t("entities.count", { n: whole(data.entities.length), of: whole(data.of) })}
          </Text>
          <EntityTable entities={data.entities} investigation={investigation} holdings={holdings} />
          {data.entities.length < data.of && asked.limit < MOST && (
            <Group>
              <Button variant="default" onClick={() => setAsked({ ...asked, limit: Math.min(MOST, asked.limit * 3) })}>
                {t("more")}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  )
}

function EntityTable({
  entities,
  investigation,
  holdings,
}: {
  entities: readonly EntityBrief[]
  investigation: string
  holdings: Holdings
}) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("entities.label")}</Table.Th>
            <Table.Th>{t("entities.kind")}</Table.Th>
            <Table.Th ta="end">{t("entities.events")}</Table.Th>
            <Table.Th ta="end">{t("entities.items")}</Table.Th>
            <Table.Th ta="end">{t("entities.records")}</Table.Th>
            <Table.Th ta="end">{t("entities.identifiers")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entities.map((e) => (
            <Table.Tr key={e.id}>
              <Table.Td>
                <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: e.id }}>
                  {e.masked ? t("entities.protected") : <Quoted>{holdings.labelOf(e.identifier ?? e.label)}</Quoted>}
                </Go>
                {e.player && (
                  <Badge ms={6} size="sm" variant="light" color="indigo" tt="none">
                    {t("entities.conduct")}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{wordOf("entityKinds", e.kind)}</Table.Td>
              <Table.Td ta="end">{whole(e.events)}</Table.Td>
              <Table.Td ta="end">{whole(e.items)}</Table.Td>
              <Table.Td ta="end">{whole(e.records)}</Table.Td>
              <Table.Td ta="end">{whole(e.identifiers)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
