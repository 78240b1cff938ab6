import { Button, Group, Stack, Text, Textarea } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import type { Holdings } from "../investigation.ts"
import { day, moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { forget } from "../queries.ts"
import type { Decision } from "./answers.ts"

interface DecisionListProps {
  decisions: readonly Decision[]
  investigation: string
  holdings: Holdings
}

/** What people decided about somebody, oldest first. What was withdrawn stays to be read. */
export function DecisionList({ decisions, investigation, holdings }: DecisionListProps) {
  const { t } = useTranslation()
  return (
    <Section title={t("lifting.history")}>
      {decisions.length === 0 ? (
        <Text size="sm">{t("lifting.historyNone")}</Text>
      ) : (
        <ul className="labels">
          {decisions.map((d) => (
            <li key={d.decision}>
              <strong>{wordOf(d.about === "standing" ? "standings" : "conducts", d.says)}</strong>{" "}
              {d.grade && (
                <span className="dim">
                  <Identifier>{d.grade}</Identifier>{" "}
                </span>
              )}
              {d.event && <Quoted>{t("entities.event", { event: holdings.eventName(d.event) })}</Quoted>}{" "}
              {d.from && t("lifting.from", { at: day(d.from) })} {d.to && t("lifting.to", { at: day(d.to) })}
              <div>
                <Quoted>{d.reason}</Quoted> <RecordLinks records={d.records} />
              </div>
              <span className="dim">{t("lifting.by", { by: d.by, at: moment(d.at) })}</span>
              {d.withdrawn ? (
                <div>
                  <strong>{t("lifting.withdrawn", { by: d.withdrawn.by, at: moment(d.withdrawn.at) })}</strong>{" "}
                  <Quoted>{d.withdrawn.reason}</Quoted>
                </div>
              ) : (
                <Withdraw decision={d} investigation={investigation} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Withdraw({ decision, investigation }: { decision: Decision; investigation: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  return (
    <div>
      <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={shown}>
        {t("lifting.withdraw")}
      </Button>
      {shown && (
        <SignedReason
          label={t("entities.reason")}
          help={t("lifting.withdrawHelp")}
          button={t("lifting.withdraw")}
          sign={async (reason) =>
            decision.about === "standing"
              ? void (await ask("entities.withdraw-standing", { investigation, decision: decision.decision, reason }))
              : void (await ask("entities.withdraw-conduct", { investigation, assertion: decision.decision, reason }))
          }
        />
      )}
    </div>
  )
}

interface SignedReasonProps {
  label: string
  help: string
  button: string
  sign: (reason: string) => Promise<void>
}

/** One reason and a signature under it. */
export function SignedReason({ label, help, button, sign }: SignedReasonProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState("")
  const signing = useMutation<void, ApiFailure>({ mutationFn: () => sign(reason), onSuccess: () => forget(client) })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    signing.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={560} mt="xs">
        <Textarea
          label={label}
          description={help}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={signing.error?.at === "reason" ? <bdi lang="en">{signing.error.message}</bdi> : undefined}
          autosize
          minRows={2}
          required
        />
        {signing.error && <FailureNote failure={signing.error} />}
        {signing.isSuccess && (
          <Text size="sm" role="status">
            {t("entities.signed")}
          </Text>
        )}
        <Group>
          <Button type="submit" size="xs" loading={signing.isPending}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
