import { Badge, Button, Group, Stack, Table, Text, Title } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import type { TFunction } from "i18next"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment, size } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { type Fact, Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go, GoButton } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { KindCounts } from "../parts/KindCounts.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { RecordList } from "../records/RecordList.tsx"
import type { ContinuityEvent, ExhibitShown, Item, Member } from "../types.ts"
import { Sum } from "./FileTable.tsx"
import { Gradings } from "./Gradings.tsx"
import { RejectDrawer } from "./RejectList.tsx"

/** One sealed file: its ground, its continuity, what was read out of it. */
export function ExhibitScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { exhibit = "" } = useParams({ strict: false })
  const { data, error, isFetching, refetch } = useValue("evidence.show", { exhibit })
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/evidence" params={{ investigation }} size="sm">
        {t("evidence.title")}
      </Go>
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Shown shown={data} investigation={investigation} />}
    </Stack>
  )
}

function Shown({ shown, investigation }: { shown: ExhibitShown; investigation: string }) {
  const { t } = useTranslation()
  const { exhibit, item, continuity, gradings, members } = shown
  const [rejects, setRejects] = useState<string | null>(null)
  return (
    <>
      <ScreenHead
        title={
          <>
            {item.reference && <Identifier>{item.reference}</Identifier>} <Identifier>{exhibit.path}</Identifier>
          </>
        }
        lead={item.title && <Quoted>{item.title}</Quoted>}
      />
      <Group gap="xs">
        {exhibit.undecided && (
          <Badge variant="light" color="grape" tt="none">
            {t("evidence.undecided")}
          </Badge>
        )}
        {item.notInEvidence && (
          <Badge color="red" tt="none">
            {t("evidence.notInEvidence")}
          </Badge>
        )}
      </Group>
      <div className="two-columns">
        <section>
          <Title order={2} size="h5">
            {t("evidence.units")}
          </Title>
          <Facts
            facts={[
              [t("evidence.sha256"), <Identifier key="h">{exhibit.sha256}</Identifier>],
              [t("evidence.size"), size(exhibit.sizeBytes)],
              [t("evidence.mediaType"), <Identifier key="m">{exhibit.mediaType}</Identifier>],
              [t("files.format"), exhibit.format ? <Identifier key="f">{exhibit.format}</Identifier> : t("files.unreadFormat")],
              [t("files.sum"), <Sum key="s" there={exhibit.there} read={exhibit.units} rejected={exhibit.rejected} />],
              [t("files.read"), <KindCounts key="k" read={exhibit.read} />],
              [t("files.notes"), exhibit.notes.length > 0 && <bdi lang="en">{exhibit.notes.join(" ")}</bdi>],
            ]}
          />
          {exhibit.rejected > 0 && (
            <Button size="xs" variant="default" onClick={() => setRejects(exhibit.id)}>
              {t("files.showRejects", { count: exhibit.rejected })}
            </Button>
          )}
          <RejectDrawer investigation={investigation} exhibit={rejects} onClose={() => setRejects(null)} />
        </section>
        <section>
          <Title order={2} size="h5">
            {t("evidence.sheet")}
          </Title>
          <Facts facts={sheetOf(item, t)} />
        </section>
      </div>
      <Gradings gradings={gradings} item={item.id} investigation={investigation} />
      <Continuity events={continuity} />
      {members.length > 0 && <Members members={members} />}
      <section>
        <Title order={2} size="h5" mb={4}>
          {t("evidence.records")}
        </Title>
        {exhibit.undecided && (
          <Group gap="sm" mb="xs">
            <Text size="sm">{t("evidence.recordsUndecided")}</Text>
            <GoButton size="compact-sm" variant="light" to="/i/$investigation/scope/$item" params={{ investigation, item: item.id }}>
              {t("evidence.toScope")}
            </GoButton>
          </Group>
        )}
        <RecordList investigation={investigation} exhibit={exhibit.id} read={exhibit.read} />
      </section>
    </>
  )
}

function sheetOf(item: Item, t: TFunction): Fact[] {
  const quoted = (text: string | null | undefined) => text && <Quoted>{text}</Quoted>
  const { seizureEvent: event, holder } = item
  return [
    [t("evidence.authority"), quoted(item.authority)],
    [t("evidence.power"), quoted(item.power) ?? t("notStated")],
    [t("evidence.grounds"), quoted(item.grounds)],
    [t("evidence.grade"), <Identifier key="g">{item.grade}</Identifier>],
    [t("evidence.handling"), <Identifier key="h">{item.handling}</Identifier>],
    [t("evidence.conditions"), item.conditions.length > 0 && quoted(item.conditions.join("; "))],
    [t("evidence.classification"), <Identifier key="c">{item.classification}</Identifier>],
    [t("evidence.originator"), quoted(item.originator)],
    [t("evidence.permittedUses"), item.permittedUses.length > 0 && quoted(item.permittedUses.join("; "))],
    [t("evidence.purposes"), item.purposes?.map((p) => wordOf("purposes", p)).join("; ")],
    [t("evidence.officer"), quoted(item.officer)],
    [t("evidence.authoriser"), item.authoriser && quoted([item.authoriser, item.authoriserRank].filter(Boolean).join(", "))],
    [
      t("evidence.holder"),
      holder && (
        <>
          {quoted(holder.description)} · {holder.standing && wordOf("standings", holder.standing)}
        </>
      ),
    ],
    [
      t("evidence.event"),
      <>
        {wordOf("eventKinds", event.kind)} <Quoted>{event.label}</Quoted>
        {event.place && (
          <>
            {" "}
            · <Quoted>{event.place}</Quoted>
          </>
        )}
        {event.at && (
          <>
            {" "}
            · <bdi>{moment(event.at)}</bdi>
          </>
        )}
      </>,
    ],
    [t("evidence.takenIn"), <bdi key="t">{moment(item.takenInAt)}</bdi>],
  ]
}

function Continuity({ events }: { events: readonly ContinuityEvent[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <Title order={2} size="h5" mb={4}>
        {t("evidence.continuity")}
      </Title>
      {events.length === 0 ? (
        <Text size="sm">{t("evidence.continuityNone")}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("evidence.when")}</Table.Th>
                <Table.Th>{t("evidence.what")}</Table.Th>
                <Table.Th>{t("evidence.by")}</Table.Th>
                <Table.Th>{t("evidence.to")}</Table.Th>
                <Table.Th>{t("evidence.seal")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {events.map((c) => (
                <Table.Tr key={`${c.at} ${c.what}`}>
                  <Table.Td className="nowrap">
                    <bdi>{moment(c.at)}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{c.what}</Quoted>
                  </Table.Td>
                  <Table.Td>{c.by && <Quoted>{c.by}</Quoted>}</Table.Td>
                  <Table.Td>{c.to && <Quoted>{c.to}</Quoted>}</Table.Td>
                  <Table.Td>{c.seal && <Identifier>{c.seal}</Identifier>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

function Members({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <Title order={2} size="h5" mb={4}>
        {t("evidence.members")}
      </Title>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("files.file")}</Table.Th>
              <Table.Th>{t("files.format")}</Table.Th>
              <Table.Th>{t("files.sum")}</Table.Th>
              <Table.Th>{t("evidence.size")}</Table.Th>
              <Table.Th>{t("evidence.sha256")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((m) => (
              <Table.Tr key={m.path}>
                <Table.Td>
                  <Identifier>{m.path}</Identifier>
                </Table.Td>
                <Table.Td>{m.format ? <Identifier>{m.format}</Identifier> : t("files.unreadFormat")}</Table.Td>
                <Table.Td>
                  <Sum there={m.there} read={m.units} rejected={m.rejected} />
                </Table.Td>
                <Table.Td className="nowrap">{size(m.sizeBytes)}</Table.Td>
                <Table.Td className="hash">
                  <Identifier>{m.sha256}</Identifier>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}
