import { Alert, Badge, Button, Group, Modal, Stack, Table, Text, Textarea } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { useDecision, useMay } from "../authority/decide.ts"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { dirOf, languageNow } from "../language/index.ts"
import { day, share, whole } from "../language/numbers.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { Answer, ErrorRate, PairSide, ReviewPair } from "./answers.ts"
import { Waterfall } from "./Waterfall.tsx"
import { KeyOf } from "./WhyScreen.tsx"
import "./review.css"

const ANSWERS = [
  { answer: "same", key: "s", color: "teal" },
  { answer: "not-same", key: "n", color: "orange" },
  { answer: "unsure", key: "u", color: "gray" },
] as const satisfies readonly { answer: Answer; key: string; color: string }[]
const SHORTEST_REASON = 5

/** Pairs that a person should look at, one by one, by keyboard. Nobody is counted by the hour here. */
export function ReviewScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  const { data, error, isFetching, progress, refetch } = useValue("entities.queue", { investigation, limit: 20 }, { slow: true })
  const [at, setAt] = useState(0)
  const [help, helping] = useDisclosure(false)
  const pairs = data?.pairs ?? []
  const pair = pairs[Math.min(at, pairs.length - 1)]
  useKeys({
    "?": helping.toggle,
    next: () => setAt((n) => Math.min(n + 1, pairs.length - 1)),
    back: () => setAt((n) => Math.max(n - 1, 0)),
  })
  return (
    <Stack gap="md">
      <ScreenHead title={t("review.title")} lead={t("review.lead")}>
        <Group gap="xs">
          <Go to="/i/$investigation/why" params={{ investigation }} size="sm">
            {t("review.whyTitle")}
          </Go>
          <Button size="compact-sm" variant="default" onClick={helping.open}>
            {t("review.help")}
            <span className="key-hint">?</span>
          </Button>
        </Group>
      </ScreenHead>
      {isFetching && <Working progress={progress} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <Text size="sm">
          {t("review.open", { count: data.of })} · {t("review.answered", { count: data.answered })} · <Rate rate={data.own} />
        </Text>
      )}
      {data && !pair && <Text>{t("review.none")}</Text>}
      {pair && (
        <>
          <Text size="sm" c="dimmed">
            {t("review.position", { n: whole(pairs.indexOf(pair) + 1), of: whole(pairs.length) })}
          </Text>
          <PairCard key={pair.pair} pair={pair} investigation={investigation} />
          <Text size="xs" c="dimmed" maw="90ch">
            <NodeSays>{data!.method}</NodeSays> {t("review.seeded")}
          </Text>
        </>
      )}
      {may.here("grant") && <Readers investigation={investigation} />}
      <Modal opened={help} onClose={helping.close} title={t("review.help")}>
        <Table>
          <Table.Tbody>
            {(["s", "n", "u", "←→", "Ctrl+Enter", "?"] as const).map((key) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <kbd>{key}</kbd>
                </Table.Td>
                <Table.Td>{t(`review.keys.${key}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm" mt="sm">
          {t("review.noHurry")}
        </Text>
      </Modal>
    </Stack>
  )
}

/** Keys outside of fields. Arrows go with the direction of the script. */
function useKeys(does: Readonly<Record<string, () => void>>): void {
  const now = useRef(does)
  now.current = does
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const target = e.target as HTMLElement
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
      const forth = dirOf(languageNow()) === "rtl" ? "ArrowLeft" : "ArrowRight"
      const name =
        e.key === forth || e.key === "ArrowDown"
          ? "next"
          : e.key === "ArrowLeft" || e.key === "ArrowRight" || e.key === "ArrowUp"
            ? "back"
            : e.key.toLowerCase()
      const run = now.current[name]
      if (!run) return
      e.preventDefault()
      run()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [])
}

function Rate({ rate }: { rate: ErrorRate }) {
  const { t } = useTranslation()
  if (rate.rate === null || rate.interval === null) return <span>{t("review.rateNone")}</span>
  return (
    <span>
      {t("review.rate", {
        rate: share(rate.rate),
        low: share(rate.interval[0]),
        high: share(rate.interval[1]),
        n: whole(rate.checked - rate.unsure),
      })}
    </span>
  )
}

function PairCard({ pair, investigation }: { pair: ReviewPair; investigation: string }) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [reason, setReason] = useState("")
  const field = useRef<HTMLTextAreaElement>(null)
  const { decide, running, failure } = useDecision("entities.answer")
  const choose = (chosen: Answer) => {
    setAnswer(chosen)
    field.current?.focus()
  }
  useKeys(Object.fromEntries(ANSWERS.map((a) => [a.key, () => choose(a.answer)])))
  const ready = answer !== null && reason.trim().length >= SHORTEST_REASON && !running
  const send = () => {
    if (ready) decide({ investigation, pair: pair.pair, answer, reason: reason.trim() })
  }
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Badge variant="light" color={pair.together ? "teal" : "gray"} tt="none">
          {t(pair.together ? "review.together" : "review.apart")}
        </Badge>
        <Text size="sm">
          <Effect pair={pair} />
        </Text>
      </Group>
      <div className="pair-sides">
        <Side side={pair.a} title={t("review.one")} />
        <Side side={pair.b} title={t("review.other")} />
      </div>
      {pair.claim && (
        <Text size="sm">
          {t("review.tiedBy")} <NodeSays>{pair.claim.words}</NodeSays>{" "}
          <span className="dim">
            <Identifier>{pair.claim.rule}</Identifier> · <bdi>{whole(pair.claim.weight)}</bdi>
          </span>{" "}
          <RecordLinks records={pair.claim.records} />
        </Text>
      )}
      {pair.reasons.length > 0 && (
        <Section title={t("review.compared")}>
          <Waterfall prior={null} parts={pair.reasons} />
        </Section>
      )}
      <div>
        <Group gap="xs" role="radiogroup" aria-label={t("review.question")}>
          {ANSWERS.map((a) => (
            <Button
              key={a.answer}
              role="radio"
              aria-checked={answer === a.answer}
              color={a.color}
              variant={answer === a.answer ? "filled" : "default"}
              onClick={() => choose(a.answer)}
            >
              {t(`review.answers.${a.answer}`)}
              <span className="key-hint">{a.key}</span>
            </Button>
          ))}
        </Group>
        <Textarea
          ref={field}
          mt="xs"
          label={t("authority.reason")}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === "Enter" && e.ctrlKey) send()
            if (e.key === "Escape") e.currentTarget.blur()
          }}
          maw={640}
          autosize
          minRows={2}
          dir="auto"
        />
        <Group gap="xs" mt="xs">
          <Button onClick={send} disabled={!ready} loading={running}>
            {t("review.record")}
            <span className="key-hint">Ctrl+Enter</span>
          </Button>
          <Text size="xs" c="dimmed">
            {t("review.second")}
          </Text>
        </Group>
        {failure && <FailureNote failure={failure} />}
      </div>
    </Stack>
  )
}

function Effect({ pair }: { pair: ReviewPair }) {
  const { t } = useTranslation()
  const change = pair.together ? "review.ifParted" : "review.ifJoined"
  if (pair.how === "no-conduct" || pair.effect === 0) return <>{t("review.noEffect")}</>
  const rank = (n: number | null) => (n === null ? t("review.unranked") : whole(n))
  return (
    <>
      {t(change, { from: rank(pair.rank), to: rank(pair.rankThen) })}{" "}
      {pair.leaves.length > 0 && (
        <>
          {t("review.leaves")} <Quoted>{pair.leaves.join(", ")}</Quoted>.{" "}
        </>
      )}
      {pair.enters.length > 0 && (
        <>
          {t("review.enters")} <Quoted>{pair.enters.join(", ")}</Quoted>.
        </>
      )}
    </>
  )
}

function Side({ side, title }: { side: PairSide; title: string }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  return (
    <section className="pair-side" aria-label={title}>
      <h3>
        <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: side.entity }}>
          <Quoted>{holdings.labelOf(side.label)}</Quoted>
        </Go>
      </h3>
      <dl>
        <dt className="dim">{t("review.names")}</dt>
        <dd>
          {side.names.length === 0
            ? t("notStated")
            : side.names.map((n) => (
                <span key={n}>
                  <Quoted>{n}</Quoted>
                </span>
              ))}
        </dd>
        <dt className="dim">{t("review.identifiers")}</dt>
        <dd>
          {side.identifiers.map((k) => (
            <span key={k}>
              <KeyOf of={k} />
            </span>
          ))}
        </dd>
        <dt className="dim">{t("review.born")}</dt>
        <dd>{side.born.length === 0 ? t("notStated") : <bdi>{side.born.join(", ")}</bdi>}</dd>
        <dt className="dim">{t("review.seen")}</dt>
        <dd>
          {side.from && side.to ? (
            <bdi>
              {day(side.from)} – {day(side.to)}
            </bdi>
          ) : (
            t("notStated")
          )}{" "}
          · {t("review.items", { count: side.items })}
        </dd>
      </dl>
      <RecordLinks records={side.records} />
    </section>
  )
}

function Readers({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useValue("entities.readers", { investigation })
  return (
    <Section title={t("review.readers")} help={t("review.readersHelp")}>
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.readers.length === 0 && <Text size="sm">{t("review.readersNone")}</Text>}
      {data?.readers.map((r) => (
        <Alert key={r.reader} variant="light" color="gray" p="xs">
          <Identifier>{r.reader}</Identifier> · {t("review.answered", { count: r.answered })} · <Rate rate={r} />
        </Alert>
      ))}
    </Section>
  )
}
