import { Badge, Button, Stack, Text, TextInput } from "@mantine/core"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { share } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { WhyStep } from "./answers.ts"
import { Waterfall } from "./Waterfall.tsx"
import "./review.css"

/** Why two are held to be one person, or are not. */
export function WhyScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const asked = useSearch({ strict: false }) as { a?: string; b?: string }
  const navigate = useNavigate()
  const [draft, setDraft] = useState({ a: asked.a ?? "", b: asked.b ?? "" })
  const ready = Boolean(asked.a && asked.b)
  const { data, error, isFetching, progress, refetch } = useValue(
    "entities.why",
    { investigation, a: asked.a ?? "", b: asked.b ?? "" },
    { enabled: ready, slow: true },
  )
  const submit = (e: FormEvent) => {
    e.preventDefault()
    void navigate({ to: "/i/$investigation/why", params: { investigation }, search: { a: draft.a.trim(), b: draft.b.trim() } })
  }
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/review" params={{ investigation }} size="sm">
        {t("review.title")}
      </Go>
      <ScreenHead title={t("review.whyTitle")} lead={t("review.whyLead")} />
      <form onSubmit={submit} className="filters">
        {(["a", "b"] as const).map((side) => (
          <TextInput
            key={side}
            label={t(side === "a" ? "review.one" : "review.other")}
            description={t("review.idHelp")}
            value={draft[side]}
            onChange={(e) => setDraft({ ...draft, [side]: e.currentTarget.value })}
            dir="ltr"
          />
        ))}
        <Button type="submit" disabled={!draft.a.trim() || !draft.b.trim()}>
          {t("review.explain")}
        </Button>
      </form>
      {isFetching && <Working progress={progress} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Text>
            <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: data.a.entity }}>
              <Quoted>{holdings.labelOf(data.a.label)}</Quoted>
            </Go>{" "}
            {data.together ? "=" : "≠"}{" "}
            <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: data.b.entity }}>
              <Quoted>{holdings.labelOf(data.b.label)}</Quoted>
            </Go>{" "}
            <Badge variant="light" color={data.together ? "teal" : "gray"} tt="none">
              {t(data.together ? "review.together" : "review.apart")}
            </Badge>
          </Text>
          <Text size="sm">
            <NodeSays>{data.says}</NodeSays>
          </Text>
          <Text size="xs" c="dimmed" maw="90ch">
            {t("review.unit")}
          </Text>
          {data.path.length > 0 && (
            <Section title={t("review.path")} help={t("review.pathHelp")}>
              {data.path.map((s) => (
                <Step key={`${s.a} ${s.b} ${s.rule}`} step={s} />
              ))}
            </Section>
          )}
          <Section title={t("review.direct")}>
            {data.direct.length === 0 && <Text size="sm">{t("review.directNone")}</Text>}
            {data.direct.map((s) => (
              <Step key={`${s.a} ${s.b} ${s.rule}`} step={s} />
            ))}
          </Section>
          {data.compared.length > 0 && (
            <Section title={t("review.compared")} help={t("review.comparedHelp")}>
              <Waterfall prior={null} parts={data.compared} />
            </Section>
          )}
        </>
      )}
    </Stack>
  )
}

function Step({ step }: { step: WhyStep }) {
  const { t } = useTranslation()
  return (
    <div className="hit">
      <Text size="sm">
        <KeyOf of={step.a} /> <span aria-hidden>{step.refused === null ? "=" : "≠"}</span> <KeyOf of={step.b} />{" "}
        <span className="dim">
          <Identifier>{step.rule}</Identifier> · {t("review.probability")} <bdi>{share(step.probability)}</bdi>
          {step.prior === null && <> · {t("review.setWeight")}</>}
        </span>
      </Text>
      {step.refused !== null && (
        <Text size="sm" fw={600}>
          {t("review.forbidden")} <NodeSays>{step.refused}</NodeSays>
        </Text>
      )}
      <Waterfall prior={step.prior} parts={step.parts} />
      <RecordLinks records={step.records} />
    </div>
  )
}

/** An identifier with the word for what it is. */
export function KeyOf({ of }: { of: string }) {
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const cut = of.indexOf(":")
  if (of.startsWith("holder:")) return <bdi>{holdings.labelOf(of)}</bdi>
  return (
    <span>
      <span className="dim">{wordOf("identifierTypes", of.slice(0, cut))}</span> <Identifier>{of.slice(cut + 1)}</Identifier>
    </span>
  )
}
