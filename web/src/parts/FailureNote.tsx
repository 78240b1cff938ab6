import { Alert, Button, Group, Text } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import type { ApiFailure } from "../api.ts"
import { ProveAgain } from "../sign-in/ProveAgain.tsx"
import { Identifier } from "./Isolated.tsx"

/** What was refused or failed, with its hint. The words are the node's own; nothing is swallowed. */
export function FailureNote({ failure, again }: { failure: ApiFailure; again?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const ours =
    failure.code === "unavailable.node-gone"
      ? t("failure.nodeGone")
      : failure.code === "refused.not-signed-in"
        ? t("failure.notSignedInHelp")
        : null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("failure.title")} role="alert" className="failure">
      {ours ? (
        <Text size="sm">{ours}</Text>
      ) : (
        <Text size="sm" component="p">
          <bdi lang="en">{failure.message}</bdi>
        </Text>
      )}
      {failure.hint && !ours && (
        <Text size="sm" component="p">
          {t("failure.hint")}: <bdi lang="en">{failure.hint}</bdi>
        </Text>
      )}
      {failure.code === "refused.prove-again" && <ProveAgain onDone={again} />}
      <Group gap="md" mt={4}>
        {failure.at && (
          <Text size="xs">
            {t("failure.at")}: <Identifier>{failure.at}</Identifier>
          </Text>
        )}
        <Text size="xs">
          {t("failure.code")}: <Identifier>{failure.code}</Identifier>
        </Text>
        {again && (
          <Button size="compact-xs" variant="default" onClick={again}>
            {t("failure.again")}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
