import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { forget } from "../queries.ts"
import { type DueItem, MOPI, type Review } from "./answers.ts"

const DECISIONS = ["keep", "destroy", "hand-back"] as const

/** One recorded decision on one item. */
export function ReviewForm({ item, investigation, onDone }: { item: DueItem; investigation: string; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [decision, setDecision] = useState<Review["decision"]>("keep")
  const [until, setUntil] = useState("")
  const [group, setGroup] = useState("")
  const [child, setChild] = useState("")
  const [reason, setReason] = useState("")
  const review = useMutation<Review, ApiFailure>({
    mutationFn: () =>
      ask("retention.review", {
        investigation,
        item: item.item,
        decision,
        reason,
        ...(decision === "keep" ? { until } : {}),
        ...(group ? { group } : {}),
        ...(child.trim() ? { child } : {}),
      }),
    onSuccess: () => {
      onDone()
      return forget(client)
    },
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    review.mutate()
  }
  const refused = (field: string) => (review.error?.at === field ? <bdi lang="en">{review.error.message}</bdi> : undefined)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={560}>
        <SegmentedControl
          aria-label={t("retention.decision")}
          value={decision}
          onChange={(value) => setDecision(value as Review["decision"])}
          data={DECISIONS.map((value) => ({ value, label: t(`retention.decisions.${value}`) }))}
        />
        {decision === "keep" && (
          <TextInput
            type="date"
            label={t("retention.until")}
            value={until}
            onChange={(e) => setUntil(e.currentTarget.value)}
            error={refused("until")}
          />
        )}
        {item.group !== "arrival-device" && (
          <NativeSelect
            label={t("retention.group")}
            value={group}
            onChange={(e) => setGroup(e.currentTarget.value)}
            data={[{ value: "", label: t("retention.groupStays") }, ...MOPI.map((g) => ({ value: g, label: t(`retention.groups.${g}`) }))]}
          />
        )}
        {item.childUnderTen && decision === "keep" && (
          <Textarea
            label={t("retention.child")}
            description={t("retention.childHelp")}
            value={child}
            onChange={(e) => setChild(e.currentTarget.value)}
            error={refused("child")}
            autosize
            minRows={2}
            dir="auto"
          />
        )}
        <Textarea
          label={t("retention.reason")}
          description={t("retention.reasonHelp")}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={refused("reason")}
          autosize
          minRows={2}
          dir="auto"
        />
        <Text size="xs" c="dimmed">
          {t("retention.recorded")}
        </Text>
        {review.error && <FailureNote failure={review.error} />}
        <Group gap="xs">
          <Button type="submit" loading={review.isPending} disabled={reason.trim().length < 20 || (decision === "keep" && until === "")}>
            {t("retention.record")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
