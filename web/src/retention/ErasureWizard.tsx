import { Alert, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { useItems } from "../investigation.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { linesOf } from "../parts/fields.ts"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { forget, useJobResult } from "../queries.ts"
import { type ErasureOrder, type ErasureTarget, GROUND_IDS, type TargetKind } from "./answers.ts"
import { PreviewFacts } from "./PreviewFacts.tsx"

const KINDS = ["item", "exhibit", "records", "person", "investigation"] as const

/** First what, then what would go, then why; the second person decides elsewhere. */
export function ErasureWizard({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useItems(investigation)
  const [kind, setKind] = useState<TargetKind>("item")
  const [id, setId] = useState("")
  const [seen, setSeen] = useState<ErasureTarget | null>(null)
  const [ground, setGround] = useState<string>(GROUND_IDS[0])
  const [reason, setReason] = useState("")
  const preview = useJobResult("retention.erase-preview", seen ?? { investigation }, { enabled: seen !== null })
  const propose = useMutation<ErasureOrder, ApiFailure>({
    mutationFn: () => ask("retention.propose-erasure", { ...seen!, ground, reason }),
    onSuccess: () => forget(client),
  })
  const change = (next: () => void) => {
    next()
    setSeen(null)
  }
  const options =
    kind === "item"
      ? data?.items.map((i) => ({ value: i.id, label: [i.reference, i.title].filter(Boolean).join(" · ") || i.id }))
      : data?.items.flatMap((i) => i.exhibits.map((e) => ({ value: e.id, label: `${i.reference ?? i.id} · ${e.name}` })))
  const target = (): ErasureTarget =>
    ({
      item: { investigation, item: id },
      exhibit: { investigation, exhibit: id },
      records: { investigation, records: linesOf(id) },
      person: { investigation, entity: id.trim() },
      investigation: { investigation, whole: true },
    })[kind]
  return (
    <Section title={t("retention.erase")} help={t("retention.eraseHelp")}>
      <Stack gap="sm" maw={720}>
        <Group gap="xs" align="end" grow>
          <NativeSelect
            label={t("retention.what")}
            value={kind}
            onChange={(e) => {
              const value = e.currentTarget.value as TargetKind
              change(() => {
                setKind(value)
                setId("")
              })
            }}
            data={KINDS.map((value) => ({ value, label: t(`retention.kinds.${value}`) }))}
          />
          {(kind === "item" || kind === "exhibit") && (
            <NativeSelect
              label={t("retention.which")}
              value={id}
              onChange={(e) => {
                const { value } = e.currentTarget
                change(() => setId(value))
              }}
              data={[{ value: "", label: t("retention.choose") }, ...(options ?? [])]}
            />
          )}
          {kind === "person" && (
            <TextInput
              label={t("retention.entity")}
              value={id}
              dir="ltr"
              onChange={(e) => {
                const { value } = e.currentTarget
                change(() => setId(value))
              }}
            />
          )}
        </Group>
        {kind === "records" && (
          <Textarea
            label={t("retention.rowIds")}
            value={id}
            dir="ltr"
            autosize
            minRows={2}
            onChange={(e) => {
              const { value } = e.currentTarget
              change(() => setId(value))
            }}
          />
        )}
        <Group>
          <Button variant="default" disabled={kind !== "investigation" && id.trim() === ""} onClick={() => setSeen(target())}>
            {t("retention.preview")}
          </Button>
        </Group>
        {preview.isFetching && <Working progress={preview.progress} />}
        {seen && preview.error && <FailureNote failure={preview.error} again={() => void preview.refetch()} />}
        {seen && preview.data && (
          <>
            <PreviewFacts preview={preview.data} />
            <NativeSelect
              label={t("retention.ground")}
              value={ground}
              onChange={(e) => setGround(e.currentTarget.value)}
              data={GROUND_IDS.map((value) => ({ value, label: t(`retention.grounds.${value}`) }))}
            />
            <Textarea
              label={t("retention.whyErase")}
              description={t("retention.reasonHelp")}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
              autosize
              minRows={2}
              dir="auto"
            />
            <Text size="xs" c="dimmed">
              {t("retention.secondPerson")}
            </Text>
            {propose.error && <FailureNote failure={propose.error} />}
            <Group>
              <Button color="red" loading={propose.isPending} disabled={reason.trim().length < 20} onClick={() => propose.mutate()}>
                {t("retention.propose")}
              </Button>
            </Group>
          </>
        )}
        {propose.data && (
          <Alert color="teal" variant="light" role="status">
            {t("retention.proposed")} <bdi>{propose.data.id}</bdi>
          </Alert>
        )}
      </Stack>
    </Section>
  )
}
