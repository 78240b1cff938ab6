import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useValue } from "../queries.ts"
import { Choice, Draft, Ended, Lines, useDecision } from "./form.tsx"
import type { ClockStep, ItemDecision, RestrictionGround, RightsItem, RightsRequest } from "./types.ts"

/** One request from its clock to its letter. */
export function RequestView({ request: id }: { request: string }) {
  const { t } = useTranslation()
  const { data, error, isFetching, refetch } = useValue("safeguards.request-show", { request: id })
  return (
    <Paper withBorder p="md" component="section">
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <Stack gap="md">
          <Facts
            facts={[
              [t("care.requests.subject"), <Quoted key="subject">{data.request.subject}</Quoted>],
              [t("care.requests.wants"), <Quoted key="wants">{data.request.wants}</Quoted>],
              [t("care.requests.received"), <bdi key="received">{moment(data.request.receivedAt)}</bdi>],
              [t("care.due"), data.request.dueAt ? <bdi key="due">{moment(data.request.dueAt)}</bdi> : t("care.requests.still")],
              [
                t("care.requests.extendBy"),
                data.request.extendBy && data.request.state !== "closed" && <bdi key="extend">{moment(data.request.extendBy)}</bdi>,
              ],
            ]}
          />
          {data.request.state !== "closed" && <ClockForm request={data.request} />}
          <Found request={data.request} items={data.items} />
          <Letter request={data.request} letter={data.letter} />
        </Stack>
      )}
    </Paper>
  )
}

const STEPS = ["identified", "asked", "answered", "extended", "refused"] as const

function ClockForm({ request }: { request: RightsRequest }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<ClockStep>(request.state === "answer of the subject awaited" ? "answered" : "identified")
  const [words, setWords] = useState("")
  const clock = useDecision("safeguards.request-clock")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    clock.mutate({ request: request.id, step, words })
  }
  return (
    <Section title={t("care.requests.clock")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="xs" maw={620}>
          <Choice label={t("care.requests.step")} value={step} onChange={setStep} of={STEPS} word={(s) => t(`care.requests.steps.${s}`)} />
          <Lines label={t("care.words")} value={words} onChange={setWords} required />
          <Ended of={clock} />
          <div>
            <Button type="submit" size="xs" variant="default" loading={clock.isPending}>
              {t("care.record")}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  )
}

function Found({ request, items }: { request: RightsRequest; items: readonly RightsItem[] }) {
  const { t } = useTranslation()
  const search = useAct("safeguards.request-search")
  return (
    <Section title={t("care.requests.items")} help={t("care.requests.itemsHelp")}>
      {request.state !== "closed" && (
        <div>
          <Button size="xs" loading={search.running} onClick={() => void search.run({ request: request.id })}>
            {t("care.requests.search")}
          </Button>
        </div>
      )}
      {search.running && <Working progress={search.progress} />}
      {search.failure && <FailureNote failure={search.failure} />}
      {search.result && (
        <Text size="sm" role="status">
          {t("care.requests.searched", { count: search.result.found, sound: whole(search.result.bySound) })}
        </Text>
      )}
      <Stack gap="sm">
        {items.map((item) => (
          <FoundItem key={item.n} request={request} item={item} />
        ))}
      </Stack>
    </Section>
  )
}

const DECISIONS = ["give", "withhold", "silent", "not-about"] as const
const GROUNDS = ["a", "b", "c", "d", "e"] as const

function FoundItem({ request, item }: { request: RightsRequest; item: RightsItem }) {
  const { t } = useTranslation()
  const [decision, setDecision] = useState<ItemDecision>(item.decision ?? "give")
  const [ground, setGround] = useState<RestrictionGround>(item.ground ?? item.suggestions[0]?.ground ?? "b")
  const [reason, setReason] = useState(item.reason ?? "")
  const decide = useDecision("safeguards.request-decide")
  const restricts = decision === "withhold" || decision === "silent"
  const submit = (e: FormEvent) => {
    e.preventDefault()
    decide.mutate({ request: request.id, n: item.n, decision, reason, ...(restricts ? { ground } : {}) })
  }
  return (
    <Paper withBorder p="sm" className="rights-item">
      <Stack gap="xs">
        <Group gap="xs">
          <Identifier>{item.exhibit}</Identifier>
          <Badge variant="light" tt="none">
            {t(`care.requests.scope.${item.scope}`)}
          </Badge>
          {item.ownDevice && (
            <Badge variant="default" tt="none">
              {t("care.requests.own")}
            </Badge>
          )}
          {item.decision && (
            <Badge variant="filled" color="blue.9" tt="none">
              {t(`care.requests.decisions.${item.decision}`)}
            </Badge>
          )}
        </Group>
        <Text size="sm">
          {Object.entries(item.kinds)
            .map(([kind, n]) => `${wordOf("kinds", kind)} ${whole(n)}`)
            .join(" · ")}
        </Text>
        <Facts
          facts={[
            [t("marking.label"), <bdi key="banner">{item.banner}</bdi>],
            [t("care.requests.foundBy"), <bdi key="by">{item.foundBy.map((f) => wordOf("identifierTypes", f)).join(", ")}</bdi>],
            [
              t("care.requests.suggests"),
              item.suggestions.length > 0 && (
                <ul key="suggests" className="labels">
                  {item.suggestions.map((s) => (
                    <li key={s.why}>
                      {t(`care.requests.grounds.${s.ground}`)}: <NodeSays>{s.why}</NodeSays>
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
        {request.state !== "closed" && (
          <form onSubmit={submit} noValidate>
            <Stack gap="xs" maw={620}>
              <Group grow align="flex-end">
                <Choice
                  label={t("care.requests.decision")}
                  value={decision}
                  onChange={setDecision}
                  of={DECISIONS}
                  word={(d) => t(`care.requests.decisions.${d}`)}
                />
                {restricts && (
                  <Choice
                    label={t("care.requests.ground")}
                    value={ground}
                    onChange={setGround}
                    of={GROUNDS}
                    word={(g) => t(`care.requests.grounds.${g}`)}
                  />
                )}
              </Group>
              <Lines label={t("care.reason")} value={reason} onChange={setReason} required />
              <Ended of={decide} />
              <div>
                <Button type="submit" size="xs" loading={decide.isPending}>
                  {t("care.requests.decide")}
                </Button>
              </div>
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  )
}

function Letter({ request, letter }: { request: RightsRequest; letter: string | null }) {
  const { t } = useTranslation()
  const [wanted, want] = useState(letter !== null)
  const { data, error } = useValue("safeguards.request-letter", { request: request.id }, { enabled: wanted })
  const close = useDecision("safeguards.request-close")
  const over = useDecision("safeguards.request-hand-over")
  return (
    <Section title={t("care.requests.letter")} help={t("care.requests.letterHelp")}>
      {!wanted && (
        <div>
          <Button size="xs" variant="default" onClick={() => want(true)}>
            {t("care.requests.letter")}
          </Button>
        </div>
      )}
      {error && <FailureNote failure={error} />}
      {data && <Draft text={data.text} label={t("care.requests.letter")} dir="ltr" />}
      {data && !data.ready && request.state !== "closed" && (
        <Text size="sm" c="red">
          {t("care.requests.notReady")}
        </Text>
      )}
      <Group gap="xs">
        {data?.ready && (
          <Button size="xs" loading={close.isPending} onClick={() => close.mutate({ request: request.id })}>
            {t("care.requests.close")}
          </Button>
        )}
        {request.kind === "erasure" && request.state === "to answer" && (
          <Button size="xs" variant="default" loading={over.isPending} onClick={() => over.mutate({ request: request.id })}>
            {t("care.requests.handOver")}
          </Button>
        )}
      </Group>
      {close.error && <FailureNote failure={close.error} />}
      {over.error && <FailureNote failure={over.error} />}
      {over.data && (
        <Text size="sm" role="status">
          {t("care.requests.handed", { next: over.data.next })}
        </Text>
      )}
    </Section>
  )
}
