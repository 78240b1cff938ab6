import { Badge, Group, Paper, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation, useItems } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { GoButton } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import type { ItemWithExhibits } from "../types.ts"
import { FileTable } from "./FileTable.tsx"

const found = (i: ItemWithExhibits, words: string): boolean =>
  [i.reference, i.title, i.authority, i.seizureEvent.label, i.seizureEvent.place, ...i.exhibits.map((e) => e.path)].some((s) =>
    s?.toLowerCase().includes(words),
  )

/** Everything that was taken in, thing by thing. */
export function EvidenceScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, refetch } = useItems(investigation)
  const [words, setWords] = useState("")
  const items = data?.items.filter((i) => found(i, words.trim().toLowerCase())) ?? []
  return (
    <Stack gap="md">
      <ScreenHead title={t("evidence.title")} lead={t("evidence.lead")}>
        <GoButton to="/i/$investigation/intake" params={{ investigation }} size="sm">
          {t("nav.intake")}
        </GoButton>
      </ScreenHead>
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {isFetching && <Working />}
      {data && data.items.length === 0 && <Text>{t("evidence.empty")}</Text>}
      {data && data.items.length > 0 && (
        <>
          <TextInput label={t("evidence.find")} value={words} onChange={(e) => setWords(e.currentTarget.value)} maw={420} />
          <Text size="sm" c="dimmed" aria-live="polite">
            {t("evidence.count", { count: items.length })}
          </Text>
          {items.map((i) => (
            <ItemCard key={i.id} item={i} investigation={investigation} />
          ))}
        </>
      )}
    </Stack>
  )
}

function ItemCard({ item, investigation }: { item: ItemWithExhibits; investigation: string }) {
  const { t } = useTranslation()
  return (
    <Paper withBorder p="sm" component="article">
      <Group gap="xs" align="baseline">
        <Text component="h2" fw={650} m={0}>
          {item.reference && <Identifier>{item.reference}</Identifier>} <Quoted>{item.title ?? (item.reference ? "" : item.id)}</Quoted>
        </Text>
        <Badge variant="light" tt="none">
          {wordOf("itemKinds", item.kind)}
        </Badge>
        {item.undecided && (
          <Badge variant="light" color="grape" tt="none">
            {t("evidence.undecided")}
          </Badge>
        )}
        {item.notInEvidence && (
          <Badge variant="filled" color="red" tt="none">
            {t("evidence.notInEvidence")}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" mb={4}>
        <Quoted>{item.authority}</Quoted> · {t("evidence.grade")} <Identifier>{item.grade}</Identifier> · {t("evidence.handling")}{" "}
        <Identifier>{item.handling}</Identifier> · {wordOf("eventKinds", item.seizureEvent.kind)} <Quoted>{item.seizureEvent.label}</Quoted>
        {item.seizureEvent.at && (
          <>
            {" "}
            · <bdi>{moment(item.seizureEvent.at)}</bdi>
          </>
        )}
      </Text>
      <FileTable investigation={investigation} files={item.exhibits.map((e) => ({ ...e, exhibit: e.id, name: e.path }))} />
    </Paper>
  )
}
