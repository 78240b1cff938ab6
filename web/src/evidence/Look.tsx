import { Button, Checkbox, Group, Stack, Text, Textarea } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { jsonOf } from "../ask/schema.ts"
import { share } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { JsonTree } from "../parts/JsonTree.tsx"
import type { Preview } from "../types.ts"

interface LookProps {
  /** The file whose first rows are shown; undefined while none is named. */
  path: string | undefined
  /** The mapping that the intake is to use; undefined for none. */
  onUse: (mapping: unknown) => void
}

const written = (mapping: unknown): string => JSON.stringify(mapping, null, 2)

/** What becomes of a table's first rows, before anything is taken in, under the suggested mapping or one's own. */
export function Look({ path, onUse }: LookProps) {
  const { t } = useTranslation()
  const [text, setText] = useState("")
  const [use, setUse] = useState(false)
  /** Stays while the next is asked for, and when it is refused: what was typed is not lost. */
  const [shown, setShown] = useState<{ path: string; preview: Preview } | null>(null)
  const look = useMutation<{ path: string; preview: Preview }, ApiFailure, { path: string; map?: unknown }>({
    mutationFn: async (input) => ({ path: input.path, preview: await ask("records.preview", input) }),
    onSuccess: (seen, { map }) => {
      const { preview } = seen
      setShown(seen)
      if (map === undefined) setText(preview.suggestion?.mapping ? written(preview.suggestion.mapping) : "")
    },
  })
  const mapping = jsonOf(text)
  useEffect(() => onUse(use ? jsonOf(text)?.value : undefined), [use, text, onUse])
  return (
    <Stack gap="xs" mt="xs">
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={!path} loading={look.isPending} onClick={() => path && look.mutate({ path })}>
          {t("intake.look")}
        </Button>
        {!path && <span className="dim">{t("intake.lookNoPath")}</span>}
      </Group>
      {look.error && <FailureNote failure={look.error} />}
      {shown && (
        <section className="look" aria-label={t("intake.look")}>
          <Text size="sm" fw={500}>
            {t("intake.lookOf")} <Identifier>{shown.path}</Identifier>
          </Text>
          <PreviewShown preview={shown.preview} />
          <Textarea
            label={t("intake.mapping")}
            description={t("intake.mappingHelp")}
            autosize
            minRows={3}
            maxRows={16}
            dir="ltr"
            spellCheck={false}
            classNames={{ input: "mono" }}
            value={text}
            onChange={(e) => {
              setText(e.currentTarget.value)
              setUse(jsonOf(e.currentTarget.value) !== null)
            }}
            error={text.trim() !== "" && !mapping && t("intake.mappingWrong")}
          />
          <Group gap="md" mt="xs">
            <Button
              size="xs"
              variant="default"
              disabled={!mapping}
              onClick={() => mapping && look.mutate({ path: shown.path, map: mapping.value })}
            >
              {t("intake.lookAgain")}
            </Button>
            <Checkbox label={t("intake.mappingUse")} checked={use} disabled={!mapping} onChange={(e) => setUse(e.currentTarget.checked)} />
          </Group>
        </section>
      )}
    </Stack>
  )
}

function PreviewShown({ preview: { importer, suggestion, records, rejects, unmapped, notes } }: { preview: Preview }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts
        facts={[
          [t("intake.lookReader"), <Identifier key="reader">{importer}</Identifier>],
          [
            t("intake.lookWhy"),
            suggestion?.mapping ? (
              <>
                {share(suggestion.confidence)} <bdi lang="en">{suggestion.reasons.join("; ")}</bdi>
              </>
            ) : (
              t("intake.lookNoSuggestion")
            ),
          ],
          [t("intake.lookUnmapped"), unmapped.length > 0 && <Identifier>{unmapped.join(", ")}</Identifier>],
          [t("intake.lookNotes"), notes.length > 0 && <bdi lang="en">{notes.join("; ")}</bdi>],
        ]}
      />
      <Rows title={t("intake.lookRecords", { count: records.length })} rows={records} />
      {rejects.length > 0 && <Rows title={t("intake.lookRejects", { count: rejects.length })} rows={rejects} />}
    </>
  )
}

const Rows = ({ title, rows }: { title: string; rows: readonly unknown[] }) => (
  <div>
    <Text size="sm">{title}</Text>
    {rows.length > 0 && <JsonTree value={rows} open={1} />}
  </div>
)
