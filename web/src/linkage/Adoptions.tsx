import { Badge, Button, Group, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslation } from "react-i18next"
import { ask } from "../api.ts"
import type { SecondReading } from "../entities/answers.ts"
import { SignedReason } from "../entities/DecisionList.tsx"
import { en } from "../language/en.ts"
import { moment, whole } from "../language/numbers.ts"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import type { Adoption } from "./answers.ts"

interface AdoptionsProps {
  adoptions: readonly Adoption[]
  investigation: string
  mayAct: boolean
}

/** What was adopted, withdrawn and read by second people, oldest first. */
export function Adoptions({ adoptions, investigation, mayAct }: AdoptionsProps) {
  const { t } = useTranslation()
  if (adoptions.length === 0) return <Text size="sm">{t("linkage.none")}</Text>
  return (
    <ul className="labels">
      {adoptions.map((a) => (
        <li key={a.decision}>
          <Group gap="xs">
            <strong>{t(`linkage.sources.${a.source}`)}</strong> <Identifier>{a.hash.slice(0, 12)}</Identifier>
            <Badge variant="outline" color={a.counts ? "teal" : "gray"}>
              {a.counts ? t("linkage.countsNow") : t(`identity.states.${a.state}`)}
            </Badge>
          </Group>
          <span className="dim">
            {t(a.learntOn.decided > 0 ? "linkage.learntOnDecided" : "linkage.learntOn", {
              fragments: whole(a.learntOn.fragments),
              pairs: whole(a.learntOn.pairs),
              decided: whole(a.learntOn.decided),
            })}{" "}
            · {t("lifting.by", { by: a.by, at: moment(a.at) })}
          </span>
          <div>
            <Quoted>{a.reason}</Quoted>
          </div>
          {a.consequences.length > 0 && (
            <Text size="sm">
              {t("identity.because")} <Consequences of={a.consequences} />
            </Text>
          )}
          <Reading of={a.reading} />
          {a.undoing && (
            <div>
              {t(a.undoing.state === "waits" ? "identity.undoingWaits" : "identity.undoneBy", {
                by: a.undoing.by,
                at: moment(a.undoing.at),
              })}{" "}
              <Quoted>{a.undoing.reason}</Quoted>
              <Reading of={a.undoing.reading} />
            </div>
          )}
          {mayAct && <Acts adoption={a} investigation={investigation} />}
        </li>
      ))}
    </ul>
  )
}

function Consequences({ of }: { of: Adoption["consequences"] }) {
  const { t } = useTranslation()
  return of.map((c, n) => (
    <span key={c.id}>
      {n > 0 && "; "}
      {Object.hasOwn(en.identity.consequences, c.id) ? (
        t(`identity.consequences.${c.id}` as "identity.consequences.protected")
      ) : (
        <NodeSays>{c.words}</NodeSays>
      )}
    </span>
  ))
}

function Reading({ of }: { of: SecondReading | null }) {
  const { t } = useTranslation()
  if (!of) return null
  return (
    <div>
      {t(of.agrees ? "identity.agreed" : "identity.disagreed", { by: of.by, at: moment(of.at) })} <Quoted>{of.reason}</Quoted>
    </div>
  )
}

function Acts({ adoption: { decision, state, undoing }, investigation }: { adoption: Adoption; investigation: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const waiting = state === "waits" ? decision : undoing?.state === "waits" ? undoing.decision : null
  const withdrawable = undoing === null && state !== "refused"
  if (waiting === null && !withdrawable) return null
  const read = (agrees: boolean) => async (reason: string) =>
    void (await ask("entities.second-parameters", { investigation, decision: waiting!, agrees, reason }))
  return (
    <div>
      <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={shown}>
        {t(waiting === null ? "linkage.withdraw" : "identity.second")}
      </Button>
      {shown && waiting !== null && (
        <>
          <SignedReason label={t("entities.reason")} help={t("identity.secondHelp")} button={t("identity.agree")} sign={read(true)} />
          <SignedReason label={t("entities.reason")} help={t("identity.secondHelp")} button={t("identity.disagree")} sign={read(false)} />
        </>
      )}
      {shown && withdrawable && (
        <SignedReason
          label={t("entities.reason")}
          help={t("linkage.withdrawHelp")}
          button={t("linkage.withdraw")}
          sign={async (reason) => void (await ask("entities.withdraw-parameters", { investigation, decision, reason }))}
        />
      )}
    </div>
  )
}
