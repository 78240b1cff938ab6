import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ApiFailure } from "../api.ts"
import { wordOf } from "../language/words.ts"
import { linesOf, utcOf } from "../parts/fields.ts"
import type { ScopeRule } from "../types.ts"

interface RuleFormProps {
  /** Kinds of which the device has rows. */
  kinds: readonly string[]
  /** Rows chosen one by one. */
  rows: readonly string[]
  running: boolean
  failure: ApiFailure | null
  onSign: (rule: ScopeRule, reason: string, verdict: "in" | "sealed") => void
}

/** What of the device relates to the lawful purpose, and why; signed by the examiner. */
export function RuleForm({ kinds, rows, running, failure, onSign }: RuleFormProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState("")
  const [numbers, setNumbers] = useState("")
  const [known, setKnown] = useState(false)
  const [only, setOnly] = useState<readonly string[]>([])
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const [reason, setReason] = useState("")
  const [verdict, setVerdict] = useState<"in" | "sealed">("in")
  const [rest, setRest] = useState(false)
  const empty =
    linesOf(words).length === 0 && linesOf(numbers).length === 0 && !known && rows.length === 0 && !(rest && verdict === "sealed")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const since = utcOf(from)
    const until = utcOf(to)
    onSign(
      {
        words: linesOf(words),
        identifiers: linesOf(numbers),
        knownIdentifiers: known,
        records: [...rows],
        kinds: [...only],
        ...(rest && verdict === "sealed" ? { rest } : {}),
        ...(since ? { from: since } : {}),
        ...(until ? { to: until } : {}),
      },
      reason,
      verdict,
    )
  }
  const refused = (field: string) =>
    failure && (failure.at === field || failure.at?.startsWith(`rule.${field}`)) ? <bdi lang="en">{failure.message}</bdi> : undefined
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <NativeSelect
          label={t("devices.verdict")}
          value={verdict}
          onChange={(e) => setVerdict(e.currentTarget.value === "sealed" ? "sealed" : "in")}
          data={(["in", "sealed"] as const).map((v) => ({ value: v, label: wordOf("scopes", v) }))}
        />
        {verdict === "sealed" && <Checkbox label={t("devices.rest")} checked={rest} onChange={(e) => setRest(e.currentTarget.checked)} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
          <Textarea
            label={t("scope.words")}
            description={t("scope.wordsHelp")}
            value={words}
            onChange={(e) => setWords(e.currentTarget.value)}
            error={refused("words")}
            dir="auto"
            autosize
            minRows={3}
          />
          <Textarea
            label={t("scope.numbers")}
            description={t("scope.numbersHelp")}
            value={numbers}
            onChange={(e) => setNumbers(e.currentTarget.value)}
            error={refused("identifiers")}
            dir="ltr"
            classNames={{ input: "mono" }}
            autosize
            minRows={3}
          />
          <TextInput
            label={t("scope.from")}
            type="datetime-local"
            value={from}
            onChange={(e) => setFrom(e.currentTarget.value)}
            error={refused("from")}
          />
          <TextInput
            label={t("scope.to")}
            type="datetime-local"
            value={to}
            onChange={(e) => setTo(e.currentTarget.value)}
            error={refused("to")}
          />
        </SimpleGrid>
        <Checkbox label={t("scope.known")} checked={known} onChange={(e) => setKnown(e.currentTarget.checked)} />
        <Checkbox.Group label={t("scope.kinds")} description={t("scope.kindsHelp")} value={[...only]} onChange={setOnly}>
          <Group gap="sm" mt={4}>
            {kinds.map((k) => (
              <Checkbox key={k} size="xs" value={k} label={wordOf("kinds", k)} />
            ))}
          </Group>
        </Checkbox.Group>
        {rows.length > 0 && <Text size="sm">{t("scope.chosen", { count: rows.length })}</Text>}
        <Textarea
          label={t("scope.reason")}
          description={t("scope.reasonHelp")}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={refused("reason")}
          autosize
          minRows={2}
          required
        />
        {empty && (
          <Text size="xs" c="dimmed">
            {t("scope.empty")}
          </Text>
        )}
        <div>
          <Button type="submit" loading={running}>
            {t("scope.sign")}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
