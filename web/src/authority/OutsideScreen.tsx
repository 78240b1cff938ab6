import { Button, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
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
  const { data, error, isFetching, refetch } = useValue("outside.list", { investigation })
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.outside.title")} lead={t("authority.outside.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text>{t("authority.outside.none")}</Text>}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={720} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("authority.outside.what")}</Table.Th>
                <Table.Th>{t("authority.outside.to")}</Table.Th>
                <Table.Th>{t("authority.outside.by")}</Table.Th>
                <Table.Th>{t("authority.outside.state")}</Table.Th>
                <Table.Th>{t("authority.outside.officer")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((p) => (
                <Table.Tr key={p.preview}>
                  <Table.Td>
                    <bdi lang="en">{p.title}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{p.recipients.map((r) => r.name).join(", ")}</Quoted>
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{p.preparedBy.name}</Quoted> · <bdi>{moment(p.preparedAt)}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" fw={600} c={COLOURS[p.state] ?? "dimmed"}>
                      {authorityWord("states", p.state)}
                    </Text>
                  </Table.Td>
                  <Table.Td>{authorityWord("officer", p.clearedOfficer)}</Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-expanded={chosen === p.preview}
                      onClick={() => setChosen(chosen === p.preview ? null : p.preview)}
                    >
                      {t("authority.outside.read")}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {chosen && <LeavingView key={chosen} preview={chosen} />}
    </Stack>
  )
}
