import { Badge, Stack, Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { CountedLifting, SignedStep } from "./answers.ts"
import { stateKey } from "./lifting-state.ts"

/** For the oversight body: every lifting of protection with its reasons, without names. */
export function LiftingsScreen() {
  const { t } = useTranslation()
  const { data, error, isFetching, progress, refetch } = useValue("entities.liftings", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("lifting.oversight")} lead={t("lifting.oversightLead")} />
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {isFetching && <Working progress={progress} />}
      {data && (
        <>
          <Facts
            facts={(["proposed", "seconded", "inForce", "lapsed", "ended"] as const).map((k) => [t(`lifting.${k}`), whole(data.counts[k])])}
          />
          {data.liftings.length === 0 ? <Text size="sm">{t("lifting.none")}</Text> : <LiftingTable liftings={data.liftings} />}
        </>
      )}
    </Stack>
  )
}

function LiftingTable({ liftings }: { liftings: readonly CountedLifting[] }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("lifting.state")}</Table.Th>
            <Table.Th>{t("lifting.standing")}</Table.Th>
            <Table.Th>{t("lifting.conduct")}</Table.Th>
            <Table.Th>{t("lifting.reasons")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {liftings.map((l) => (
            <Table.Tr key={l.lifting}>
              <Table.Td>
                <Badge color={l.state === "in force" ? "red" : "gray"} variant={l.state === "in force" ? "filled" : "light"} tt="none">
                  {t(`lifting.${stateKey(l.state)}`)}
                </Badge>
                {l.seconded && <Text size="xs">{t("lifting.until", { at: moment(l.seconded.until) })}</Text>}
              </Table.Td>
              <Table.Td>{l.standing === null ? t("entities.protected") : wordOf("standings", l.standing)}</Table.Td>
              <Table.Td>{t("lifting.restsOnRecords", { records: whole(l.records), exhibits: whole(l.exhibits) })}</Table.Td>
              <Table.Td>
                <Said step={l.proposed} words="proposedBy" />
                {l.seconded && <Said step={l.seconded} words="secondedBy" />}
                {l.ended && <Said step={l.ended} words="endedBy" />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Said({ step, words }: { step: SignedStep; words: "proposedBy" | "secondedBy" | "endedBy" }) {
  const { t } = useTranslation()
  return (
    <Text size="sm">
      {t(`lifting.${words}`, { by: step.by, team: `${step.team}, ${step.organisation}`, at: moment(step.at) })}:{" "}
      <Quoted>{step.reason}</Quoted>
    </Text>
  )
}
