import { Alert, Badge, Button, Group, SegmentedControl, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useDecision, useMay } from "../authority/decide.ts"
import { ReasonForm } from "../authority/ReasonForm.tsx"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import type { Hit } from "./answers.ts"
import { Waterfall } from "./Waterfall.tsx"
import "./review.css"

const SHOWN = ["delta", "open", "weak", "silent", "all"] as const

/** Who of the case may be on a watch list. A hit joins nobody and makes nobody anything. */
export function ScreeningScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  const [show, setShow] = useState<(typeof SHOWN)[number]>("delta")
  const lists = useValue("screening.lists", { investigation }, { slow: true })
  const hits = useValue("screening.hits", { investigation, show }, { slow: true, keep: true })
  const act = useAct("screening.run")
  return (
    <Stack gap="md">
      <ScreenHead title={t("screening.title")} lead={t("screening.lead")} />
      {lists.isFetching && <Working progress={lists.progress} />}
      {lists.error && <FailureNote failure={lists.error} again={() => void lists.refetch()} />}
      {lists.data && (
        <Section title={t("screening.lists")} help={t("screening.listsHelp")}>
          {lists.data.lists.length === 0 ? (
            <Text size="sm">{t("screening.listsNone")}</Text>
          ) : (
            <Table.ScrollContainer minWidth={560} type="native">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("screening.list")}</Table.Th>
                    <Table.Th>{t("screening.date")}</Table.Th>
                    <Table.Th>{t("screening.entries")}</Table.Th>
                    <Table.Th>{t("screening.source")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {lists.data.lists.map((l) => (
                    <Table.Tr key={`${l.list} ${l.exhibit}`} {...(l.superseded ? { c: "dimmed" } : {})}>
                      <Table.Td>
                        <Quoted>{l.list}</Quoted>{" "}
                        {l.superseded && (
                          <Badge variant="outline" color="gray" tt="none">
                            {t("screening.superseded")}
                          </Badge>
                        )}
                      </Table.Td>
                      <Table.Td>{l.date ? <bdi dir="ltr">{l.date}</bdi> : t("notStated")}</Table.Td>
                      <Table.Td>{whole(l.entries)}</Table.Td>
                      <Table.Td>
                        <Go to="/i/$investigation/evidence/$exhibit" params={{ investigation, exhibit: l.exhibit }}>
                          <Identifier>{l.file}</Identifier>
                        </Go>{" "}
                        <span className="dim">
                          {t("screening.takenAt")} <bdi>{moment(l.takenAt)}</bdi>
                        </span>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
          <Text size="sm">
            {t("screening.people", { count: lists.data.people })} {t("screening.left", { count: lists.data.left })}
          </Text>
          {may.here("analyse") && (
            <Group gap="sm">
              <Button
                onClick={() => void act.run({ investigation })}
                loading={act.running}
                disabled={!lists.data.changed || lists.data.lists.length === 0}
              >
                {t("screening.run")}
              </Button>
              <Text size="sm" c="dimmed">
                {lists.data.ran ? (
                  <>
                    {t("screening.ran")} <bdi>{moment(lists.data.ran)}</bdi>.{" "}
                    {t(lists.data.changed ? "screening.changedSince" : "screening.unchangedSince")}
                  </>
                ) : (
                  t("screening.never")
                )}
              </Text>
            </Group>
          )}
          {act.running && <Working progress={act.progress} />}
          {act.failure && <FailureNote failure={act.failure} />}
          {act.result && (
            <Alert variant="light" color="blue" role="status">
              {t("screening.delta", {
                new: whole(act.result.new),
                changed: whole(act.result.changed),
                gone: whole(act.result.gone),
                silent: whole(act.result.silent),
              })}
            </Alert>
          )}
        </Section>
      )}
      <Section title={t("screening.hits")} help={t("screening.hitsHelp")}>
        <SegmentedControl
          aria-label={t("screening.show")}
          value={show}
          onChange={(v) => setShow(v as (typeof SHOWN)[number])}
          data={SHOWN.map((value) => ({ value, label: t(`screening.shows.${value}`) }))}
          w="fit-content"
        />
        {hits.isFetching && <Working progress={hits.progress} />}
        {hits.error && <FailureNote failure={hits.error} again={() => void hits.refetch()} />}
        {hits.data && (
          <Text size="sm">
            {t("screening.count", { count: hits.data.of })}
            {hits.data.weak > 0 && show !== "weak" && (
              <span className="dim">
                {" · "}
                {t("screening.weakBeside", { count: hits.data.weak })}
              </span>
            )}
          </Text>
        )}
        {hits.data?.hits.map((h) => (
          <HitCard key={`${h.entity} ${h.entry}`} hit={h} investigation={investigation} decides={may.here("assess")} />
        ))}
      </Section>
    </Stack>
  )
}

const COLOURS: Record<Hit["state"], string> = { new: "blue", changed: "yellow", same: "gray", gone: "gray" }

function HitCard({ hit, investigation, decides }: { hit: Hit; investigation: string; decides: boolean }) {
  const { t } = useTranslation()
  const holdings = useHoldings(investigation)
  const { decide, running, failure } = useDecision("screening.decide")
  const [open, setOpen] = useState(false)
  const verb = (decision: "not-him" | "may-be" | "unsure", color?: string) => ({
    label: t(`screening.decisions.${decision}`),
    ...(color ? { color } : {}),
    run: (reason: string) => decide({ investigation, entity: hit.entity, entry: hit.entry, decision, reason }),
  })
  const because = hit.cameBack.length > 0 ? hit.cameBack : hit.because
  return (
    <article className="hit">
      <Group gap="xs">
        <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: hit.entity }} fw={600}>
          <Quoted>{holdings.labelOf(hit.label)}</Quoted>
        </Go>
        <Badge variant="light" color={hit.weak ? "gray" : COLOURS[hit.state]} tt="none">
          {t(hit.weak ? "screening.weak" : `screening.states.${hit.state}`)}
        </Badge>
        {hit.decision && (
          <Badge variant="outline" color="gray" tt="none">
            {t(`screening.decisions.${hit.decision.decision}`)}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        {t("screening.on")} <Quoted>{hit.list}</Quoted> {hit.date && <bdi dir="ltr">({hit.date})</bdi>}{" "}
        <Identifier>{hit.entry.slice(hit.entry.lastIndexOf(":") + 1)}</Identifier>{" "}
        {hit.program && (
          <span className="dim">
            <Quoted>{hit.program}</Quoted>
          </span>
        )}
      </Text>
      {hit.listedNames.length > 0 && (
        <Text size="sm">
          {t("screening.listedAs")}{" "}
          {hit.listedNames.map((n, i) => (
            <span key={n}>
              {i > 0 && " · "}
              <Quoted>{n}</Quoted>
            </span>
          ))}
          {hit.born && (
            <>
              {" "}
              · {t("review.born")} <bdi dir="ltr">{hit.born}</bdi>
            </>
          )}
        </Text>
      )}
      {because.length > 0 && (
        <Text size="sm" fw={600}>
          {t(hit.cameBack.length > 0 ? "screening.cameBack" : "screening.because")}{" "}
          {because.map((b) => t(`screening.changes.${b.code as "gone.entry"}`)).join("; ")}.
        </Text>
      )}
      {hit.decision && (
        <Text size="sm" className="dim">
          <Quoted>{hit.decision.reason}</Quoted> · <Identifier>{hit.decision.by}</Identifier> · <bdi>{moment(hit.decision.at)}</bdi>
        </Text>
      )}
      {hit.reasons.length > 0 && <Waterfall prior={null} parts={hit.reasons} />}
      {hit.innocents !== null && (
        <Text size="sm" className="dim">
          {hit.innocents < 1 ? t("screening.innocentsNone") : t("screening.innocents", { count: hit.innocents })}
        </Text>
      )}
      <RecordLinks records={[...new Set([...hit.records, ...hit.reasons.flatMap((r) => r.records)])]} />
      {decides && hit.state !== "gone" && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
            {t("screening.decide")}
          </Button>
          {open && (
            <ReasonForm
              verbs={[verb("not-him"), verb("may-be", "yellow"), verb("unsure", "gray")]}
              running={running}
              failure={failure}
              least={5}
              help={t("screening.decideHelp")}
            />
          )}
        </div>
      )}
    </article>
  )
}
