import { Loader, Progress as ProgressBar, Stack, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import type { Progress } from "../types.ts"

/** That something is being worked out, and how far it is where that is known. */
export function Working({ progress, words }: { progress?: Progress | null | undefined; words?: string }) {
  const { t } = useTranslation()
  const fraction = progress?.fraction ?? null
  const label = words ?? t("loading")
  return (
    <Stack gap={6} className="working" role="status" aria-live="polite">
      <Text size="sm" c="dimmed" component="span">
        {fraction === null && <Loader size={14} mie={8} aria-hidden />}
        {label}{" "}
        {progress && (
          <bdi lang="en" dir="ltr">
            {progress.words}
          </bdi>
        )}{" "}
        {progress?.counts?.of !== undefined && `${whole(progress.counts.exhibits ?? 0)} / ${whole(progress.counts.of)}`}
      </Text>
      {fraction !== null && <ProgressBar value={Math.round(fraction * 100)} aria-label={label} size="sm" />}
    </Stack>
  )
}
