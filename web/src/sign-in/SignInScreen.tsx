import { Alert, Stack, Text } from "@mantine/core"
import { useSearch } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { DoorPage } from "./DoorPage.tsx"
import { startAnew, usePresence } from "./presence.ts"
import { Ways } from "./Ways.tsx"

/** What went wrong at the provider, in this page's words; the code stands beside them. */
const KNOWN = [
  "identity-unknown",
  "identity-bound",
  "invitation",
  "other-person",
  "flow-over",
  "provider-origin",
  "provider",
  "provider-clock",
] as const

export function SignInScreen() {
  const { t } = useTranslation()
  const { failed, back = "/" } = useSearch({ from: "/sign-in" })
  const { data, error } = usePresence()
  const words = KNOWN.find((code) => code === failed?.slice(failed.indexOf(".") + 1))
  return (
    <DoorPage>
      <ScreenHead title={t("signIn.title")} lead={t("signIn.lead")} />
      <Stack gap="md" mt="md">
        {failed !== undefined && (
          <Alert color="red" variant="light" title={t("signIn.failed")} role="alert">
            <Text size="sm">{t(`signIn.why.${words ?? "other"}`)}</Text>
            <Text size="xs" mt={4}>
              {t("failure.code")}: <Identifier>{failed}</Identifier>
            </Text>
          </Alert>
        )}
        {error && <FailureNote failure={error} />}
        {!data && !error && <Working />}
        {data?.signIn === "local" && !data.person && (
          <Text size="sm">{t(data.local ? "signIn.notNeeded" : "failure.notSignedInHelp")}</Text>
        )}
        {data?.person && (
          <Text size="sm">
            {t("signIn.already")}{" "}
            <Go to="/account" underline="always">
              {t("account.title")}
            </Go>
          </Text>
        )}
        {data && <Ways presence={data} purpose="sign-in" back={back} onDone={() => startAnew(back)} />}
        <Text size="sm">
          {t("signIn.invited")}{" "}
          <Go to="/enrol" underline="always">
            {t("enrol.title")}
          </Go>
        </Text>
      </Stack>
    </DoorPage>
  )
}
