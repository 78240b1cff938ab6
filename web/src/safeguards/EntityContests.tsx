import { Badge, Button, Collapse, Group, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { Entity } from "../types.ts"
import { ContestCard } from "./ContestsScreen.tsx"
import { Choice, Draft, Ended, Lines, useDecision } from "./form.tsx"
import type { Contest } from "./types.ts"

/** That something about this person is contested and not answered. */
export function ContestedBadge({ entity, investigation }: { entity: string; investigation: string }) {
  const { t } = useTranslation()
  const { data } = useValue("safeguards.contests", { investigation, entity })
  return data?.some((c) => c.state === "open") ? (
    <Badge color="yellow" variant="filled" tt="none" autoContrast>
      {t("care.contests.badge")}
    </Badge>
  ) : null
}

const ABOUT = ["standing", "attribution", "conduct"] as const
const PARTIES = ["person", "defence", "colleague"] as const

/** What is contested about one person, a form to contest, and the method for the defence. */
export function EntityContests({ entity, investigation }: { entity: Entity; investigation: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const [method, setMethod] = useState(false)
  const { data, error } = useValue("safeguards.contests", { investigation, entity: entity.id })
  const told = useValue("safeguards.method", { investigation, entity: entity.id }, { enabled: method })
  return (
    <Section title={t("care.contests.title")} help={t("care.contests.lead")}>
      {error && <FailureNote failure={error} />}
      {data?.length === 0 && <Text size="sm">{t("care.none")}</Text>}
      <Stack gap="xs" component="ul" className="plain">
        {data?.map((c) => (
          <ContestCard key={c.id} contest={c} investigation={investigation} />
        ))}
      </Stack>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
          {t("care.contests.contest")}
        </Button>
        {!entity.masked && (
          <Button size="xs" variant="default" onClick={() => setMethod(!method)} aria-expanded={method}>
            {t("care.contests.method")}
          </Button>
        )}
      </Group>
      <Collapse expanded={shown}>
        <ContestForm entity={entity} investigation={investigation} />
      </Collapse>
      {method && (
        <>
          <Text size="xs" c="dimmed">
            {t("care.contests.methodHelp")}
          </Text>
          {told.error && <FailureNote failure={told.error} />}
          {told.data && <Draft text={told.data.text} label={t("care.contests.method")} dir="ltr" />}
        </>
      )}
    </Section>
  )
}

function ContestForm({ entity, investigation }: { entity: Entity; investigation: string }) {
  const { t } = useTranslation()
  const [about, setAbout] = useState<Contest["about"]>("standing")
  const [party, setParty] = useState<Contest["party"]>("defence")
  const [target, setTarget] = useState(entity.identifiers[0]?.key ?? "")
  const [reason, setReason] = useState("")
  const contest = useDecision("safeguards.contest")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    contest.mutate({ investigation, entity: entity.id, about, party, reason, ...(about === "attribution" ? { target } : {}) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={620}>
        <Group grow align="flex-end">
          <Choice
            label={t("care.contests.about")}
            value={about}
            onChange={setAbout}
            of={entity.identifiers.length > 0 ? ABOUT : (["standing"] as const)}
            word={(a) => t(`care.contests.abouts.${a}`)}
          />
          <Choice
            label={t("care.contests.party")}
            value={party}
            onChange={setParty}
            of={PARTIES}
            word={(p) => t(`care.contests.parties.${p}`)}
          />
        </Group>
        {about === "attribution" && (
          <Choice
            label={t("care.contests.target")}
            value={target}
            onChange={setTarget}
            of={entity.identifiers.map((i) => i.key)}
            word={(k) => k}
          />
        )}
        <Lines label={t("care.reason")} value={reason} onChange={setReason} required />
        <Ended of={contest} />
        <div>
          <Button type="submit" size="xs" loading={contest.isPending}>
            {t("care.contests.contest")}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
