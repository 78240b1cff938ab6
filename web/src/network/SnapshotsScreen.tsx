import { Badge, Button, Group, Stack, Table, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { utcOf } from "../parts/fields.ts"
import { Go, GoButton } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"
import { type Variant, VariantFields } from "./VariantFields.tsx"

/** Networks as they were frozen, and where one more is frozen or two are compared. */
export function SnapshotsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching } = useValue("network.snapshots", { investigation })
  const [chosen, setChosen] = useState<string[]>([])
  const toggle = (id: string) => setChosen((c) => (c.includes(id) ? c.filter((x) => x !== id) : [...c.slice(-1), id]))
  const [earlier, later] = (data?.snapshots ?? []).filter((s) => chosen.includes(s.id)).map((s) => s.id)
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("picture.snapshots.title")} lead={t("picture.snapshots.lead")} />
      <NameForm investigation={investigation} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} />}
      {data?.snapshots.length === 0 && <Text size="sm">{t("picture.snapshots.none")}</Text>}
      {data && data.snapshots.length > 0 && (
        <>
          <Table.ScrollContainer minWidth={640} type="native">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("picture.snapshots.choose")}</Table.Th>
                  <Table.Th>{t("picture.snapshots.name")}</Table.Th>
                  <Table.Th>{t("picture.snapshots.made")}</Table.Th>
                  <Table.Th ta="end">{t("picture.snapshots.players")}</Table.Th>
                  <Table.Th ta="end">{t("picture.snapshots.ties")}</Table.Th>
                  <Table.Th>{t("picture.snapshots.hash")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.snapshots.map((s) => (
                  <Table.Tr key={s.id}>
                    <Table.Td>
                      <input
                        type="checkbox"
                        checked={chosen.includes(s.id)}
                        disabled={s.state === "erased"}
                        onChange={() => toggle(s.id)}
                        aria-label={t("picture.snapshots.chooseOne", { name: s.name })}
                      />
                    </Table.Td>
                    <Table.Td>
                      {s.state === "erased" ? (
                        <>
                          <Quoted>{s.name}</Quoted>{" "}
                          <Badge color="gray" variant="outline" tt="none">
                            {t("picture.snapshots.erased")}
                          </Badge>
                        </>
                      ) : (
                        <Go to="/i/$investigation/network/snapshots/$snapshot" params={{ investigation, snapshot: s.id }}>
                          <Quoted>{s.name}</Quoted>
                        </Go>
                      )}
                    </Table.Td>
                    <Table.Td>{moment(s.madeAt)}</Table.Td>
                    <Table.Td ta="end">{whole(s.players)}</Table.Td>
                    <Table.Td ta="end">{whole(s.ties)}</Table.Td>
                    <Table.Td>
                      <Identifier>{s.sha256.slice(0, 12)}</Identifier>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {earlier && later ? (
            <GoButton w="fit-content" to="/i/$investigation/network/compare/$earlier/$later" params={{ investigation, earlier, later }}>
              {t("picture.snapshots.compare")}
            </GoButton>
          ) : (
            <Text size="xs" c="dimmed">
              {t("picture.snapshots.chooseTwo")}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}

function NameForm({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState({ name: "", from: "", to: "" })
  const [variant, setVariant] = useState<Variant>({})
  const { run, running, failure, progress } = useAct("network.name-snapshot")
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    const [from, to] = [utcOf(draft.from), utcOf(draft.to)]
    if (await run({ investigation, name: draft.name.trim(), ...(from ? { from } : {}), ...(to ? { to } : {}), ...variant }))
      setDraft({ name: "", from: "", to: "" })
  }
  return (
    <form onSubmit={(e) => void submit(e)}>
      <Group align="end">
        <TextInput
          label={t("picture.snapshots.name")}
          required
          value={draft.name}
          onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("network.from")}
          value={draft.from}
          onChange={(e) => setDraft({ ...draft, from: e.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("network.to")}
          value={draft.to}
          onChange={(e) => setDraft({ ...draft, to: e.currentTarget.value })}
        />
        <VariantFields value={variant} onChange={setVariant} />
        <Button type="submit" loading={running} disabled={draft.name.trim() === ""}>
          {t("picture.snapshots.freeze")}
        </Button>
      </Group>
      {running && <Working progress={progress} words={t("working")} />}
      {failure && <FailureNote failure={failure} />}
    </form>
  )
}
