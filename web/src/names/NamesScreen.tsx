import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { decimal, score } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { Bearer, NamesCompared } from "./answers.ts"

const BEARERS = ["person", "organisation", "vessel"] as const satisfies readonly Bearer[]
const LONGEST = 300
const NOTHING = { left: "", right: "", bearer: "person" as Bearer }

/** Two names beside each other, and why they are or are not alike. Nothing that is held is looked at. */
export function NamesScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [draft, setDraft] = useState(NOTHING)
  const [asked, setAsked] = useState(NOTHING)
  const ready = asked.left !== "" && asked.right !== ""
  const { data, error, isFetching, refetch } = useValue("names.compare", asked, { enabled: ready })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked({ ...draft, left: draft.left.trim(), right: draft.right.trim() })
  }
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/entities" params={{ investigation }} size="sm">
        {t("names.back")}
      </Go>
      <ScreenHead title={t("names.title")} lead={t("names.lead")} />
      <form onSubmit={submit} className="filters">
        {(["left", "right"] as const).map((side) => (
          <TextInput
            key={side}
            label={t(`names.${side}`)}
            value={draft[side]}
            onChange={(e) => setDraft({ ...draft, [side]: e.currentTarget.value })}
            dir="auto"
            maxLength={LONGEST}
            miw={260}
            required
          />
        ))}
        <NativeSelect
          label={t("names.bearer")}
          value={draft.bearer}
          onChange={(e) => setDraft({ ...draft, bearer: e.currentTarget.value as Bearer })}
          data={BEARERS.map((bearer) => ({ value: bearer, label: t(`names.bearers.${bearer}`) }))}
        />
        <Button type="submit">{t("names.compare")}</Button>
      </form>
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {isFetching && <Working progress={null} />}
      {ready && data && <Verdict of={data} asked={asked} />}
    </Stack>
  )
}

function Verdict({ of, asked }: { of: NamesCompared; asked: { left: string; right: string } }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" aria-live="polite">
      <Group gap="sm">
        <Badge size="lg" variant="outline" color={of.match ? "blue" : "gray"}>
          {t(of.match ? "names.match" : "names.noMatch")}
        </Badge>
        <Text size="sm">{t("names.score", { score: score(of.score) })}</Text>
        {of.weight !== null && (
          <Text size="sm" c="dimmed">
            {t("names.weight", { bits: decimal(of.weight / 100) })}
          </Text>
        )}
      </Group>
      <section>
        <Title order={2} size="h5" mb="xs">
          {t("names.reasons")}
        </Title>
        <Table withTableBorder>
          <Table.Tbody>
            {of.reasons.map((reason) => (
              <Table.Tr key={`${reason.code} ${reason.left} ${reason.right}`}>
                <Table.Th scope="row" w="40%">
                  {t(`names.codes.${reason.code}`)}
                </Table.Th>
                <Table.Td>{reason.left && <Quoted>{reason.left}</Quoted>}</Table.Td>
                <Table.Td>{reason.right && <Quoted>{reason.right}</Quoted>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <section>
        <Title order={2} size="h5" mb="xs">
          {t("names.read")}
        </Title>
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              {(["name", "script", "language", "words", "key"] as const).map((column) => (
                <Table.Th key={column}>{t(`names.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[asked.left, asked.right].map((name, at) => {
              const read = of.names[at as 0 | 1]
              return (
                <Table.Tr key={at === 0 ? "left" : "right"}>
                  <Table.Td>
                    <Quoted>{name}</Quoted>
                  </Table.Td>
                  <Table.Td>{t(`names.scripts.${read.script}`)}</Table.Td>
                  <Table.Td>{t(`names.languages.${read.language}`)}</Table.Td>
                  <Table.Td>
                    <Quoted>{read.words.join(" · ")}</Quoted>
                  </Table.Td>
                  <Table.Td>
                    <Identifier>{read.key}</Identifier>
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  )
}
