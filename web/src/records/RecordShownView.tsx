import { Badge, Button, CopyButton, Group, Stack, Table, Text, Title } from "@mantine/core"
import { IconCheck, IconCopy } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { RaiseForm } from "../safeguards/RaiseForm.tsx"
import { RecordNotes } from "../safeguards/RecordNotes.tsx"
import type { RecordShown, SourceRecord } from "../types.ts"
import { Conversation } from "./Conversation.tsx"
import { PlaceLine } from "./PlaceLine.tsx"
import { RecordTable } from "./RecordTable.tsx"
import { TimeLine } from "./TimeLine.tsx"
import { hiddenIn, textOf } from "./text.ts"

const SPOKEN = new Set(["message", "voice-note"])

/** A record in its exhibit: what it says, where it stands, and on which ground it is held. */
export function RecordShownView({
  shown,
  investigation,
  onOpen,
}: {
  shown: RecordShown
  investigation: string
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const { record, around, exhibit } = shown
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Badge variant="light" tt="none">
          {wordOf("kinds", record.kind)}
        </Badge>
        <Identifier>{record.id}</Identifier>
        {(record.deleted === "yes" || record.deleted === "unknown") && (
          <Badge color="orange" variant="light" tt="none">
            {t(`records.deleted.${record.deleted}`)}
          </Badge>
        )}
        {exhibit.undecided && (
          <Badge color="grape" variant="light" tt="none">
            {t("evidence.undecided")}
          </Badge>
        )}
      </Group>
      <RecordNotes record={record.id} investigation={investigation} />
      <RecordText record={record} />
      <Facts
        facts={[
          [t("records.time"), <TimeLine key="time" at={record.at} full />],
          [
            t("evidence.exhibit"),
            <span key="exhibit">
              <Go to="/i/$investigation/evidence/$exhibit" params={{ investigation, exhibit: exhibit.id }}>
                <Identifier>{exhibit.reference ?? exhibit.name}</Identifier>
              </Go>{" "}
              {exhibit.title && <Quoted>{exhibit.title}</Quoted>}
            </span>,
          ],
          [t("records.place"), <PlaceLine key="place" place={record.place} exhibit={exhibit.name} />],
          [
            t("evidence.sha256"),
            <span key="hash" title={t("records.sealed")}>
              <Identifier>{exhibit.sha256}</Identifier>
            </span>,
          ],
          [t("evidence.authority"), <Quoted key="authority">{exhibit.authority}</Quoted>],
          [
            `${t("evidence.grade")} · ${t("evidence.handling")}`,
            <span key="grade">
              <Identifier>{exhibit.grade}</Identifier> · <Identifier>{exhibit.handling}</Identifier>
            </span>,
          ],
        ]}
      />
      <Stack gap={6} component="section">
        <Title order={2} size="h5">
          {t("records.context")}
        </Title>
        <Text size="xs" c="dimmed">
          {t("records.contextHelp")}
        </Text>
        {SPOKEN.has(record.kind) ? (
          <Conversation records={around} chosen={record.id} onChoose={onOpen} />
        ) : (
          <RecordTable records={around} current={record.id} onOpen={onOpen} />
        )}
      </Stack>
      <PartyTable record={record} />
      <FieldTable title={t("records.fields")} fields={record.fields} />
      {record.extra && <FieldTable title={t("records.extra")} fields={record.extra} />}
      <RaiseForm investigation={investigation} record={record.id} />
    </Stack>
  )
}

function RecordText({ record }: { record: SourceRecord }) {
  const { t } = useTranslation()
  const text = textOf(record)
  if (!text) return null
  const hidden = hiddenIn(text)
  return (
    <div>
      <blockquote className="record-text" dir="auto" translate="no">
        {text}
      </blockquote>
      <Group gap="xs" mt={4}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              onClick={copy}
              title={t("records.copyHelp")}
              leftSection={copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
            >
              {copied ? t("copied") : t("records.copyText")}
            </Button>
          )}
        </CopyButton>
        {hidden.length > 0 && (
          <Text size="xs" c="orange">
            {t("records.hidden", { list: hidden.join(" ") })}
          </Text>
        )}
      </Group>
    </div>
  )
}

function PartyTable({ record }: { record: SourceRecord }) {
  const { t } = useTranslation()
  if (record.parties.length === 0) return null
  return (
    <Stack gap={4} component="section">
      <Title order={2} size="h5">
        {t("records.parties")}
      </Title>
      <Text size="xs" c="dimmed">
        {t("records.partyHelp")}
      </Text>
      <Table>
        <Table.Tbody>
          {record.parties.map((p, i) => (
            <Table.Tr key={`${p.part} ${p.ids[0]?.raw ?? p.name ?? i}`}>
              <Table.Th scope="row">
                {wordOf("parts", p.part)}
                {p.owner && <span className="dim"> · {t("records.owner")}</span>}
              </Table.Th>
              <Table.Td>{p.name && <Quoted>{p.name}</Quoted>}</Table.Td>
              <Table.Td>
                {p.ids.map((id) => (
                  <div key={`${id.type} ${id.raw}`}>
                    <span className="dim">
                      {wordOf("identifierTypes", id.type)}
                      {id.platform && ` · ${id.platform}`}
                    </span>{" "}
                    <Identifier>{id.raw}</Identifier>
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

function FieldTable({ title, fields }: { title: string; fields: Record<string, unknown> }) {
  const rows = Object.entries(fields)
  if (rows.length === 0) return null
  return (
    <Stack gap={4} component="section">
      <Title order={2} size="h5">
        {title}
      </Title>
      <Table>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                <Identifier>{name}</Identifier>
              </Table.Th>
              <Table.Td className="says">
                <Quoted>{typeof value === "object" ? JSON.stringify(value) : String(value)}</Quoted>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}
