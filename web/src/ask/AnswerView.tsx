import { Anchor, Stack, Text, Title } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { size, whole } from "../language/numbers.ts"
import { Identifier } from "../parts/Isolated.tsx"
import { JsonTree } from "../parts/JsonTree.tsx"
import type { Answer } from "./asking.ts"

/** What the node answered: a tree, rows of trees, or a file to save. */
export function AnswerView({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs" component="section" aria-label={t("ask.answer")} className="ask-answer">
      <Title order={3} size="h5">
        {t("ask.answer")}
      </Title>
      <Shown answer={answer} />
    </Stack>
  )
}

function Shown({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  switch (answer.shape) {
    case "bytes":
      return (
        <Anchor href={answer.address} download={answer.name} size="sm">
          {t("ask.download", { name: answer.name, size: size(answer.sizeBytes) })}
        </Anchor>
      )
    case "rows":
      return (
        <>
          <Text size="sm">
            {answer.more ? t("ask.rowsMore", { n: whole(answer.rows.length) }) : t("ask.rows", { count: answer.rows.length })}
          </Text>
          {answer.rows.length > 0 && <JsonTree value={answer.rows} open={answer.rows.length > 3 ? 1 : 2} />}
        </>
      )
    case "value":
      return (
        <>
          {answer.job && (
            <Text size="xs" c="dimmed">
              <Identifier>{answer.job}</Identifier>
            </Text>
          )}
          {answer.value === null || answer.value === undefined ? (
            <Text size="sm">{t("ask.empty")}</Text>
          ) : (
            <JsonTree value={answer.value} />
          )}
        </>
      )
  }
}
