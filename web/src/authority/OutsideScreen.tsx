import { Button, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { Quoted } from "../parts/Isolated.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { useValue } from "../queries.ts"
import type { Leaving } from "./answers.ts"
import { LeavingView } from "./LeavingView.tsx"
import { authorityWord } from "./words.ts"

const COLOURS: Partial<Record<Leaving["state"], string>> = {
  waiting: "orange",
  approved: "teal",
  done: "teal",
  unknown: "red",
  refused: "red",
}

/** What was prepared to leave the node: whoever is the second person reads it here and approves exactly that. */
export function OutsideScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const prepared = useValue("outside.list", { investigation })
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.outside.title")} lead={t("authority.outside.lead")} />
      <Listing
        asked={prepared}
        none={t("authority.outside.none")}
        idOf={(p) => p.preview}
        minWidth={720}
        columns={[
          { head: t("authority.outside.what"), cell: (p) => <bdi lang="en">{p.title}</bdi> },
          { head: t("authority.outside.to"), cell: (p) => <Quoted>{p.recipients.map((r) => r.name).join(", ")}</Quoted> },
          {
            head: t("authority.outside.by"),
            cell: (p) => (
              <>
                <Quoted>{p.preparedBy.name}</Quoted> · <bdi>{moment(p.preparedAt)}</bdi>
              </>
            ),
          },
          {
            head: t("authority.outside.state"),
            cell: (p) => (
              <Text size="sm" fw={600} c={COLOURS[p.state] ?? "dimmed"}>
                {authorityWord("states", p.state)}
              </Text>
            ),
          },
          { head: t("authority.outside.officer"), cell: (p) => authorityWord("officer", p.clearedOfficer) },
          {
            cell: (p) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={chosen === p.preview}
                onClick={() => setChosen(chosen === p.preview ? null : p.preview)}
              >
                {t("authority.outside.read")}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <LeavingView key={chosen} preview={chosen} />}
    </Stack>
  )
}
