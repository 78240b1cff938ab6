import { Alert, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { day } from "../language/numbers.ts"
import { Quoted } from "../parts/Isolated.tsx"
import { useValue } from "../queries.ts"

/** What stands beside a record: contested, put right, restricted. The record itself never changes. */
export function RecordNotes({ record, investigation }: { record: string; investigation: string }) {
  const { t } = useTranslation()
  const { data } = useValue("safeguards.notes-of", { investigation, record })
  if (!data || data.length === 0) return null
  return (
    <Alert color="orange" variant="light" title={t("care.contests.notes")}>
      {data.map((n) => (
        <Text key={n.id} size="sm">
          <strong>{t(`care.contests.noteStates.${n.state}`)}</strong>, <bdi>{day(n.at)}</bdi>: <Quoted>{n.words}</Quoted>
        </Text>
      ))}
    </Alert>
  )
}
