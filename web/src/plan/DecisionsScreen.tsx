import { Badge, Button, Group, NumberInput, Paper, Stack, Text, Textarea } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { moment, share, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { forget, useValue } from "../queries.ts"
import type { DecisionsAnswer, PlanValues } from "./answers.ts"
import { ChangeRange } from "./RangeText.tsx"

const LEAST_WORDS = 20

/** What was decided, what was forecast, and what was seen since. */
export function DecisionsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, refetch } = useValue("plan.decisions", { investigation })
  return (
    <Stack gap="md" className="narrow">
      <ScreenHead title={t("plans.decisions.title")} lead={t("plans.decisions.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <Section title={t("plans.decisions.calibration")}>
          <Text>
            {data.calibration.scored === 0
              ? t("plans.decisions.calibrationNone")
              : t("plans.decisions.calibrationSays", { inside: whole(data.calibration.inside), scored: whole(data.calibration.scored) })}
          </Text>
        </Section>
      )}
      {data?.decisions.length === 0 && <Text>{t("plans.decisions.none")}</Text>}
      {data?.decisions.map((d) => (
        <Decided key={d.id} decision={d} />
      ))}
    </Stack>
  )
}

function Decided({ decision: d }: { decision: DecisionsAnswer["decisions"][number] }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(useInvestigation())
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text fw={600}>{t("plans.decisions.chosen", { name: `\u2068${d.chosen}\u2069` })}</Text>
        <Text size="sm">{t("plans.decisions.among", { names: d.options.map((o) => `\u2068${o}\u2069`).join(", ") })}</Text>
        <Quoted>{d.reason}</Quoted>
        <Facts
          facts={[
            ...d.forecast
              .filter((f) => f.name === d.chosen)
              .map(
                (f) =>
                  [
                    `${t("plans.decisions.forecast")}, ${t("plans.weeksAfter", { n: whole(f.weeks) })}`,
                    <ChangeRange key={f.weeks} range={f.change} />,
                  ] as const,
              ),
            [t("plans.options.whom"), d.people.flatMap((p) => (p.label ? [labelOf(p.label)] : [])).join(", ")],
            [t("plans.decisions.by", { who: d.decidedBy }), moment(d.decidedAt)],
          ]}
        />
        {d.outcomes.map((o) => (
          <div key={`${o.enteredAt} ${o.weeks}`}>
            <Group gap="xs">
              <Text size="sm">
                {t("plans.decisions.seen")}, {t("plans.weeksAfter", { n: whole(o.weeks) })}: {share(o.change)}
              </Text>
              {o.inside !== null && (
                <Badge variant="light" color={o.inside ? "teal" : "orange"}>
                  {t(o.inside ? "plans.decisions.inside" : "plans.decisions.outside")}
                </Badge>
              )}
            </Group>
            <Quoted>{o.says}</Quoted>
          </div>
        ))}
        <Seen decision={d.id} />
      </Stack>
    </Paper>
  )
}

function Seen({ decision }: { decision: string }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const client = useQueryClient()
  const [weeks, setWeeks] = useState<number | string>(4)
  const [before, setBefore] = useState<number | string>("")
  const [after, setAfter] = useState<number | string>("")
  const [says, setSays] = useState("")
  const act = useMutation<PlanValues["plan.score"][1], ApiFailure>({
    mutationFn: () =>
      ask("plan.score", { investigation, decision, weeks: Number(weeks), before: Number(before), after: Number(after), says }),
    onSuccess: () => forget(client),
  })
  return (
    <details>
      <summary>{t("plans.decisions.enter")}</summary>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          act.mutate()
        }}
      >
        <Stack gap="xs" maw={560}>
          <NumberInput label={t("plans.decisions.weeks")} min={1} max={520} value={weeks} onChange={setWeeks} />
          <NumberInput label={t("plans.decisions.before")} min={0} value={before} onChange={setBefore} />
          <NumberInput label={t("plans.decisions.after")} min={0} value={after} onChange={setAfter} />
          <Textarea
            label={t("plans.decisions.source")}
            value={says}
            onChange={(e) => setSays(e.currentTarget.value)}
            autosize
            minRows={2}
          />
          <div>
            <Button
              type="submit"
              loading={act.isPending}
              disabled={says.trim().length < LEAST_WORDS || !(Number(before) > 0) || after === ""}
            >
              {t("plans.decisions.enter")}
            </Button>
          </div>
          {act.error && <FailureNote failure={act.error} />}
        </Stack>
      </form>
    </details>
  )
}
