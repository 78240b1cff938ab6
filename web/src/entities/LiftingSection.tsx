import { Alert, Badge, Button, Collapse, Group, List, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslation } from "react-i18next"
import { ask } from "../api.ts"
import { moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import type { Entity } from "../types.ts"
import type { Lifting, SignedStep } from "./answers.ts"
import { SignedReason } from "./DecisionList.tsx"
import { LiftingForm, QUESTIONS } from "./LiftingForm.tsx"
import { stateKey } from "./lifting-state.ts"

/** Lifting of one protected person: what it means in plain words, what was proposed, and the form to propose it. */
export function LiftingSection({ entity, investigation }: { entity: Entity; investigation: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const inForce = entity.liftings.find((l) => l.lifting === entity.lifted)
  return (
    <Section title={t("lifting.title")}>
      {inForce?.seconded && (
        <Alert color="red" variant="filled">
          <Text fw={700} size="lg">
            {t("lifting.shownUnder", { at: moment(inForce.seconded.until) })}
          </Text>
        </Alert>
      )}
      {entity.liftings.length === 0 ? (
        <Text size="sm">{t("lifting.none")}</Text>
      ) : (
        <ul className="labels">
          {entity.liftings.map((l) => (
            <li key={l.lifting}>
              <OneLifting lifting={l} investigation={investigation} />
            </li>
          ))}
        </ul>
      )}
      <Group>
        {entity.masked && (
          <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
            {t("lifting.propose")}
          </Button>
        )}
        <Go to="/liftings" size="sm">
          {t("lifting.oversight")}
        </Go>
      </Group>
      <Collapse expanded={shown}>
        <Alert color="grape" variant="light" title={t("lifting.lead")} mb="sm">
          <List size="md" fw={500} spacing={6}>
            {(["means1", "means2", "means3", "means4"] as const).map((key) => (
              <List.Item key={key}>{t(`lifting.${key}`)}</List.Item>
            ))}
          </List>
        </Alert>
        <LiftingForm entity={entity.id} investigation={investigation} />
      </Collapse>
    </Section>
  )
}

function OneLifting({ lifting, investigation }: { lifting: Lifting; investigation: string }) {
  const { t } = useTranslation()
  const [ending, endingShown] = useDisclosure(false)
  const settled = lifting.ended !== null || lifting.state === "lapsed"
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Badge color={lifting.state === "in force" ? "red" : "gray"} variant={lifting.state === "in force" ? "filled" : "light"} tt="none">
          {t(`lifting.${stateKey(lifting.state)}`)}
        </Badge>
        {lifting.seconded && <Text size="sm">{t("lifting.lapses", { at: moment(lifting.seconded.until) })}</Text>}
      </Group>
      <Signed step={lifting.proposed} words="proposedBy" />
      {QUESTIONS.map((q) => {
        const { answer, text, by } = lifting.answers[q]
        return (
          <Text key={q} size="sm">
            {t(`lifting.${q}`)} <strong>{t(`lifting.answer_${answer as "adult"}`)}</strong> · <Quoted>{text}</Quoted> ·{" "}
            <Quoted>{by}</Quoted>
          </Text>
        )
      })}
      {lifting.conduct.map((c) => (
        <Text key={c.record} size="sm" component="div">
          {wordOf("conducts", c.conduct)}: <Quoted>{c.shows}</Quoted> <RecordLinks records={[c.record]} />
        </Text>
      ))}
      {lifting.seconded && <Signed step={lifting.seconded} words="secondedBy" />}
      {lifting.ended && <Signed step={lifting.ended} words="endedBy" />}
      {lifting.state === "waiting for a second" && (
        <SignedReason
          label={t("entities.reason")}
          help={t("lifting.secondHelp")}
          button={t("lifting.second")}
          sign={async (reason) => void (await ask("entities.second-lifting", { investigation, lifting: lifting.lifting, reason }))}
        />
      )}
      {!settled && (
        <div>
          <Button size="compact-xs" variant="subtle" color="red" onClick={endingShown.toggle} aria-expanded={ending}>
            {t("lifting.end")}
          </Button>
          {ending && (
            <SignedReason
              label={t("entities.reason")}
              help={t("entities.reasonHelp")}
              button={t("lifting.end")}
              sign={async (reason) => void (await ask("entities.end-lifting", { investigation, lifting: lifting.lifting, reason }))}
            />
          )}
        </div>
      )}
    </Stack>
  )
}

function Signed({ step, words }: { step: SignedStep; words: "proposedBy" | "secondedBy" | "endedBy" }) {
  const { t } = useTranslation()
  return (
    <Text size="sm">
      {t(`lifting.${words}`, { by: step.by, team: step.team, at: moment(step.at) })}: <Quoted>{step.reason}</Quoted>
    </Text>
  )
}
