import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core"
import { IconDownload } from "@tabler/icons-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { utcOf } from "../parts/fields.ts"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useRows, useValue } from "../queries.ts"
import type { CandourRow } from "./answers.ts"

const cell = (value: unknown): string => `"${String(value ?? "").replaceAll('"', '""')}"`

/** The rows as they were answered, for a spreadsheet; a cell that begins like a formula is text. */
function csvOf(rows: readonly CandourRow[]): string {
  const names = Object.keys(rows[0] ?? {}) as (keyof CandourRow)[]
  const plain = (v: unknown) => (typeof v === "string" && /^[=+\-@\t\r]/.test(v) ? `'${v}` : v)
  return `${[names.map(cell), ...rows.map((r) => names.map((n) => cell(plain(r[n]))))].map((line) => line.join(",")).join("\r\n")}\r\n`
}

/** Every device seized under a power in a period, with what was recorded and what was not. */
export function CandourScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const powers = useValue("evidence.powers", {})
  const [power, setPower] = useState("")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const since = utcOf(from)
  const until = utcOf(to)
  const rows = useRows("evidence.devices-under", {
    investigation,
    ...(power ? { power } : {}),
    ...(since ? { from: since } : {}),
    ...(until ? { to: until } : {}),
  })
  const save = () => {
    const url = URL.createObjectURL(new Blob([`\ufeff${csvOf(rows.data ?? [])}`], { type: "text/csv" }))
    const link = document.createElement("a")
    link.href = url
    link.download = "devices.csv"
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/scope" params={{ investigation }} size="sm">
        {t("scope.back")}
      </Go>
      <ScreenHead title={t("devices.candour")} lead={t("devices.candourLead")} />
      <Group align="end" gap="sm">
        <NativeSelect
          label={t("evidence.power")}
          value={power}
          onChange={(e) => setPower(e.currentTarget.value)}
          data={[
            { value: "", label: t("devices.anyPower") },
            ...(powers.data ?? []).map((p) => ({ value: p.id, label: `${p.state}: ${p.provision}` })),
            { value: "unlisted", label: t("devices.unlisted") },
          ]}
        />
        <TextInput label={t("scope.from")} type="datetime-local" value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
        <TextInput label={t("scope.to")} type="datetime-local" value={to} onChange={(e) => setTo(e.currentTarget.value)} />
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save} disabled={!rows.data?.length}>
          {t("devices.saveCsv")}
        </Button>
      </Group>
      {powers.error && <FailureNote failure={powers.error} again={() => void powers.refetch()} />}
      {rows.isFetching && <Working />}
      {rows.error && <FailureNote failure={rows.error} again={() => void rows.refetch()} />}
      {rows.data && <Text size="sm">{t("devices.listed", { count: rows.data.length })}</Text>}
      {rows.data && rows.data.length > 0 && (
        <Table.ScrollContainer minWidth={900} type="native">
          <Table className="candour">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("scope.device")}</Table.Th>
                <Table.Th>{t("devices.takenAt")}</Table.Th>
                <Table.Th>{t("evidence.power")}</Table.Th>
                <Table.Th>{t("devices.authorised")}</Table.Th>
                <Table.Th>{t("devices.receipt")}</Table.Th>
                <Table.Th>{t("devices.returnBy")}</Table.Th>
                <Table.Th>{t("scope.signed")}</Table.Th>
                <Table.Th>{t("devices.missing")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.data.map((r) => (
                <Table.Tr key={r.item}>
                  <Table.Td>
                    <Go to="/i/$investigation/scope/$item" params={{ investigation, item: r.item }}>
                      <Identifier>{r.reference ?? r.item}</Identifier>
                    </Go>
                  </Table.Td>
                  <Table.Td>
                    <bdi>{moment(r.takenAt)}</bdi>
                  </Table.Td>
                  <Table.Td>{r.power ? <Quoted>{r.power}</Quoted> : t("notStated")}</Table.Td>
                  <Table.Td>
                    {r.authoriser && (
                      <>
                        <Quoted>{`${r.authoriser}, ${r.authoriserRank}`}</Quoted> <bdi>{moment(r.authorisedAt!)}</bdi>
                      </>
                    )}
                  </Table.Td>
                  <Table.Td>
                    {r.receiptGiven === "yes" ? <bdi lang="en">{r.receiptLanguage}</bdi> : r.receiptGiven && t("devices.notGiven")}
                  </Table.Td>
                  <Table.Td>{r.returnBy && <bdi>{moment(r.returnBy)}</bdi>}</Table.Td>
                  <Table.Td>{whole(r.scopeDecisions)}</Table.Td>
                  <Table.Td>
                    <bdi lang="en">{r.missing}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}
