import { Stack, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { DoorPage } from "./DoorPage.tsx"
import { startAnew, usePresence } from "./presence.ts"
import { Ways } from "./Ways.tsx"

/** An invited person comes in for the first time. The code never stands in an address: those are kept by browsers and proxies. */
export function EnrolScreen() {
  const { t } = useTranslation()
  const { data, error } = usePresence()
  const [code, setCode] = useState("")
  const [label, setLabel] = useState("")
  return (
    <DoorPage>
      <ScreenHead title={t("enrol.title")} lead={t("enrol.lead")} />
      <Stack gap="md" mt="md" maw={560}>
        <TextInput
          label={t("enrol.code")}
          description={t("enrol.codeHelp")}
          value={code}
          onChange={(e) => setCode(e.currentTarget.value.trim())}
          dir="ltr"
          classNames={{ input: "mono" }}
          autoComplete="one-time-code"
          spellCheck={false}
          required
        />
        <TextInput
          label={t("enrol.label")}
          description={t("enrol.labelHelp")}
          value={label}
          onChange={(e) => setLabel(e.currentTarget.value)}
          maxLength={80}
        />
        {error && <FailureNote failure={error} />}
        {!data && !error && <Working />}
        {data && <Ways presence={data} purpose="enrol" code={code} label={label} back="/" onDone={() => startAnew("/")} />}
      </Stack>
    </DoorPage>
  )
}
