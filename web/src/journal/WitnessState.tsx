import { Stack, Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { JournalState } from "./answers.ts"
import { Exchange } from "./Exchange.tsx"

/** How far the journal is vouched for from outside, by whom, and the files to bring that about. */
export function WitnessState() {
  const { t } = useTranslation()
  const { data, error, refetch } = useValue("journal.state", {})
  return (
    <Section title={t("journal.state")} help={t("journal.stateHelp")}>
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Trees state={data} />
          <details>
            <summary>{t("journal.parties")}</summary>
            <Parties state={data} />
          </details>
          <details>
            <summary>{t("journal.files")}</summary>
            <Exchange />
          </details>
        </>
      )}
    </Section>
  )
}

function Trees({ state }: { state: JournalState }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={620} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("journal.tree")}</Table.Th>
            <Table.Th>{t("journal.size")}</Table.Th>
            <Table.Th>{t("journal.signedUpTo")}</Table.Th>
            <Table.Th>{t("journal.witnessedUpTo")}</Table.Th>
            <Table.Th>{t("journal.unwitnessed")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {state.trees.map(({ tree, size, checkpoint, witnessed, unwitnessed }) => (
            <Table.Tr key={tree}>
              <Table.Td>
                {t(`journal.trees.${tree}`)}{" "}
                <Text span size="xs" c="dimmed">
                  {t(`journal.treesHelp.${tree}`)}
                </Text>
              </Table.Td>
              <Table.Td>{whole(size)}</Table.Td>
              <Table.Td>{checkpoint ? whole(checkpoint.size) : t("none")}</Table.Td>
              <Table.Td>
                {witnessed.by.length === 0
                  ? t("journal.nobody")
                  : witnessed.by.map((v) => (
                      <div key={v.name}>
                        {whole(v.size)} · <bdi>{t("journal.by", { name: v.name, at: moment(v.at) })}</bdi>
                      </div>
                    ))}
              </Table.Td>
              <Table.Td>
                {unwitnessed.since
                  ? t("journal.unwitnessedSince", { count: unwitnessed.entries, at: moment(unwitnessed.since) })
                  : t("none")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Parties({ state }: { state: JournalState }) {
  const { t } = useTranslation()
  return (
    <Stack gap={4}>
      {state.parties.length === 0 && <Text size="sm">{t("journal.partiesNone")}</Text>}
      {state.parties.map((p) => (
        <Text size="sm" key={`${p.kind} ${p.name}`}>
          {t(`journal.partyKinds.${p.kind}`)}: <Quoted>{p.name}</Quoted> · <bdi>{moment(p.addedAt)}</bdi>
        </Text>
      ))}
      <Facts
        facts={[
          [t("journal.ownKey"), <Identifier key="key">{state.key}</Identifier>],
          [t("journal.ownWitnessKey"), <Identifier key="witness">{state.witnessKey}</Identifier>],
        ]}
      />
    </Stack>
  )
}
