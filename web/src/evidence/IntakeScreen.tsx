import { Alert, Stack, Text, Title } from "@mantine/core"
import { IconCheck } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct } from "../queries.ts"
import type { IntakeInput } from "../types.ts"
import { FileTable } from "./FileTable.tsx"
import { useHandedIn } from "./handed-in.ts"
import { IntakeForm } from "./IntakeForm.tsx"

/** Taking in: the ground first, then progress, then what was read of each file. */
export function IntakeScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { run, running, progress, failure, result } = useAct("records.intake")
  const handedIn = useHandedIn()
  const takeIn = async (input: IntakeInput) => {
    const uploads = await handedIn.send()
    if (uploads && (await run(uploads.length > 0 ? { ...input, uploads } : input))) handedIn.clear()
  }
  return (
    <Stack gap="md">
      <ScreenHead title={t("intake.title")} lead={t("intake.lead")} />
      <IntakeForm
        investigation={investigation}
        onSubmit={(input) => void takeIn(input)}
        handedIn={handedIn}
        running={running || handedIn.sending}
        failure={failure}
      />
      {handedIn.failure && <FailureNote failure={handedIn.failure} />}
      {failure && <FailureNote failure={failure} />}
      {running && <Working progress={progress} words={t("intake.running")} />}
      {result && (
        <section aria-label={t("intake.files")}>
          <Alert color="teal" variant="light" icon={<IconCheck aria-hidden />} role="status">
            <Text size="sm">{t("intake.done", { count: result.files.length })}</Text>
          </Alert>
          <Title order={2} size="h4" my="xs">
            {t("intake.files")}
          </Title>
          <FileTable investigation={investigation} files={result.files.map((f) => ({ ...f, name: f.path }))} />
        </section>
      )}
    </Stack>
  )
}
