import { Alert, Badge, Button, Group, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ask } from "../api.ts"
import { type Holdings, useHoldings } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { Entity } from "../types.ts"
import type { Conflict, IdentityDecision, SecondReading, Who } from "./answers.ts"
import { SignedReason } from "./DecisionList.tsx"

interface About {
  entity: Entity
  investigation: string
}

/** What became of the id that was asked about, where this is not the one that it names today. */
export function AskedFor({ entity, investigation }: About) {
  const { t } = useTranslation()
  const holdings = useHoldings(investigation)
  if (entity.asked === null) return null
  const { id, became, parted } = entity.asked
  return (
    <Alert variant="light" role="status">
      {became === "part-of" ? t("identity.partOf", { id }) : t("identity.mergedInto", { id })}
      {parted.length > 0 && (
        <ul className="labels">
          {parted.map((p) => (
            <li key={p.entity}>
              {t("identity.parted")}{" "}
              <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: p.entity }} underline="always">
                <Quoted>{holdings.labelOf(p.label)}</Quoted>
              </Go>
              : <NodeSays>{p.why}</NodeSays>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

/** What was decided on who this is, and what was cut. */
export function IdentitySection({ entity, investigation }: About) {
  const { t } = useTranslation()
  const holdings = useHoldings(investigation)
  const decided = useValue("entities.decisions", { investigation, entity: entity.id })
  const cut = useValue("entities.conflicts", { investigation, entity: entity.id })
  return (
    <div className="two-columns">
      <Section title={t("identity.title")} help={t("identity.lead")}>
        {decided.error && <FailureNote failure={decided.error} again={() => void decided.refetch()} />}
        {decided.data?.decisions.length === 0 && <Text size="sm">{t("identity.none")}</Text>}
        <ul className="labels">
          {decided.data?.decisions.map((d) => (
            <Decided key={d.decision} decision={d} investigation={investigation} holdings={holdings} />
          ))}
        </ul>
      </Section>
      <Section title={t("identity.conflicts")} help={t("identity.conflictsHelp")}>
        {cut.error && <FailureNote failure={cut.error} again={() => void cut.refetch()} />}
        {cut.data?.conflicts.length === 0 && <Text size="sm">{t("identity.conflictsNone")}</Text>}
        <ul className="claims">
          {cut.data?.conflicts.map((c) => (
            <Cut
              key={`${c.a.identifiers.join(" ")} ${c.b.identifiers.join(" ")} ${c.rule}`}
              conflict={c}
              investigation={investigation}
              holdings={holdings}
            />
          ))}
        </ul>
      </Section>
    </div>
  )
}

interface Named {
  who: readonly Who[]
  investigation: string
  holdings: Holdings
}

function Whom({ who, investigation, holdings }: Named) {
  return (
    <>
      {who.map((w, n) => (
        <span key={w.entity}>
          {n > 0 && " + "}
          <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: w.entity }} underline="always">
            <Quoted>{holdings.labelOf(w.label)}</Quoted>
          </Go>{" "}
          <span className="dim">
            <Identifier>{w.identifiers.join(" ")}</Identifier>
          </span>
        </span>
      ))}
    </>
  )
}

function Decided({ decision: d, investigation, holdings }: { decision: IdentityDecision; investigation: string; holdings: Holdings }) {
  const { t } = useTranslation()
  const waiting = d.undoing?.state === "waits" ? d.undoing.decision : d.state === "waits" ? d.decision : null
  return (
    <li>
      <Group gap={6}>
        <strong>{t(`identity.says.${d.says}`)}</strong>
        <Badge size="sm" variant="light" tt="none" color={d.state === "waits" ? "yellow" : "gray"}>
          {t(`identity.states.${d.state}`)}
        </Badge>
      </Group>
      <div>
        <Whom who={d.a} investigation={investigation} holdings={holdings} /> <span aria-hidden>{d.says === "same" ? "=" : "≠"}</span>{" "}
        <Whom who={d.b} investigation={investigation} holdings={holdings} />
      </div>
      <div>
        <Quoted>{d.reason}</Quoted> <RecordLinks records={d.records} />
      </div>
      {d.overruled !== null && <strong>{t("identity.overruled", { why: d.overruled })}</strong>}
      {d.consequences.length > 0 && (
        <div className="dim">
          {t("identity.because")} {d.consequences.map((c) => t(`identity.consequences.${c.id as "protected"}`)).join("; ")}.
        </div>
      )}
      <span className="dim">
        {t("lifting.by", { by: d.by, at: moment(d.at) })} {d.rule !== null && t("identity.byRule", { rule: d.rule })}
      </span>
      <Read reading={d.reading} />
      {d.undoing && (
        <div>
          {t(d.undoing.state === "waits" ? "identity.undoingWaits" : "identity.undoneBy", { by: d.undoing.by, at: moment(d.undoing.at) })}:{" "}
          <Quoted>{d.undoing.reason}</Quoted>
          <Read reading={d.undoing.reading} />
        </div>
      )}
      {d.undoing === null && d.state !== "refused" && <Undo decision={d.decision} investigation={investigation} />}
      {waiting !== null && <SecondReader decision={waiting} investigation={investigation} />}
    </li>
  )
}

function Read({ reading }: { reading: SecondReading | null }) {
  const { t } = useTranslation()
  if (reading === null) return null
  return (
    <div>
      <span className="dim">
        {t(reading.agrees ? "identity.agreed" : "identity.disagreed", { by: reading.by, at: moment(reading.at) })}
      </span>{" "}
      <Quoted>{reading.reason}</Quoted>
    </div>
  )
}

function Undo({ decision, investigation }: { decision: string; investigation: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  return (
    <div>
      <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={shown}>
        {t("identity.undo")}
      </Button>
      {shown && (
        <SignedReason
          label={t("entities.reason")}
          help={t("identity.undoHelp")}
          button={t("identity.undo")}
          sign={async (reason) => void (await ask("entities.undo", { investigation, decision, reason }))}
        />
      )}
    </div>
  )
}

function SecondReader({ decision, investigation }: { decision: string; investigation: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<boolean | null>(null)
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t("identity.second")}
      </Text>
      {[true, false].map((agrees) => (
        <Button key={String(agrees)} size="compact-xs" variant="subtle" onClick={() => setShown(agrees)} aria-expanded={shown === agrees}>
          {agrees ? t("identity.agree") : t("identity.disagree")}
        </Button>
      ))}
      {shown !== null && (
        <SignedReason
          key={String(shown)}
          label={t("entities.reason")}
          help={t("identity.secondHelp")}
          button={shown ? t("identity.agree") : t("identity.disagree")}
          sign={async (reason) => void (await ask("entities.second", { investigation, decision, agrees: shown, reason }))}
        />
      )}
    </div>
  )
}

function Cut({ conflict: c, investigation, holdings }: { conflict: Conflict; investigation: string; holdings: Holdings }) {
  const { t } = useTranslation()
  const itself = c.weight === null
  return (
    <li data-refused>
      <div>
        <strong>{t(`identity.conflictKinds.${c.kind}`)}</strong>: <Whom who={[c.a]} investigation={investigation} holdings={holdings} />
        {!itself && (
          <>
            {" "}
            <span aria-hidden>≠</span> <Whom who={[c.b]} investigation={investigation} holdings={holdings} />
          </>
        )}
      </div>
      <NodeSays>{c.words}</NodeSays> {itself && t("identity.oneIdentifier")}
      {c.against.length > 0 && (
        <div className="dim">
          {t("identity.against")}: <RecordLinks records={c.against} />
        </div>
      )}
      {!itself && (
        <div className="dim">
          {t("identity.spokeFor")}: <NodeSays>{c.reason}</NodeSays> <RecordLinks records={c.records} />
        </div>
      )}
    </li>
  )
}
