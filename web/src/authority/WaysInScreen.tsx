import { Alert, Button, Checkbox, Code, CopyButton, Group, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { linesOf } from "../parts/fields.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { useValue } from "../queries.ts"
import type { SignInState, WaysOf } from "./answers.ts"
import { useDecision } from "./decide.ts"

/** How people sign in on this node, and who could: for whoever looks after it. */
export function WaysInScreen() {
  const { t } = useTranslation()
  const state = useValue("sign-in.show", {})
  const ways = useValue("sign-in.list", {})
  // Kept while the list is asked anew after a decision: the code of an invitation is shown once.
  const [chosen, choose] = useState<WaysOf | null>(null)
  const person = ways.data?.find((w) => w.person === chosen?.person) ?? chosen
  return (
    <Stack gap="lg">
      <ScreenHead title={t("authority.waysIn.title")} lead={t("authority.waysIn.lead")} />
      {state.error && <FailureNote failure={state.error} />}
      {state.data && <State of={state.data} />}
      <Section title={t("authority.waysIn.who")} help={t("authority.waysIn.whoHelp")}>
        <Listing
          asked={ways}
          none={t("authority.waysIn.nobody")}
          idOf={(w) => w.person}
          columns={[
            { head: t("authority.people.name"), cell: (w) => <Quoted>{w.name}</Quoted> },
            { head: t("authority.people.organisation"), cell: (w) => <Identifier>{w.organisation}</Identifier> },
            {
              head: t("authority.waysIn.identities"),
              cell: (w) => (
                <Stack gap={0}>
                  {w.identities.map((i) => (
                    <Identifier key={`${i.issuer} ${i.subject}`}>{i.subject}</Identifier>
                  ))}
                </Stack>
              ),
            },
            { head: t("authority.waysIn.passkeys"), cell: (w) => w.passkeys },
            { head: t("authority.waysIn.sessions"), cell: (w) => w.sessions },
            { head: t("authority.waysIn.tokens"), cell: (w) => w.tokens },
            { head: t("authority.waysIn.invited"), cell: (w) => w.invited && t("authority.waysIn.open") },
            {
              cell: (w) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-expanded={chosen?.person === w.person}
                  aria-label={`${t("authority.people.change")} ${w.name}`}
                  onClick={() => choose(chosen?.person === w.person ? null : w)}
                >
                  {t("authority.people.change")}
                </Button>
              ),
            },
          ]}
        />
        {person && <Ways key={person.person} of={person} provider={state.data?.provider !== null} />}
      </Section>
      {state.data && <ProviderForm key={state.data.provider?.issuer ?? ""} of={state.data} />}
      {state.data && <LimitsForm of={state.data} />}
      {state.data?.signIn === "local" && <Enable />}
    </Stack>
  )
}

function State({ of }: { of: SignInState }) {
  const { t } = useTranslation()
  const provider = of.provider ? <Identifier>{of.provider.issuer}</Identifier> : t("authority.waysIn.noProvider")
  return (
    <Facts
      facts={[
        [t("authority.waysIn.mode"), t(`authority.waysIn.modes.${of.signIn}`)],
        [t("authority.waysIn.provider"), provider],
        [t("authority.waysIn.idle"), t("authority.waysIn.minutes", { count: of.limits.idleMinutes })],
        [t("authority.waysIn.absolute"), t("authority.waysIn.hours", { count: of.limits.absoluteHours })],
      ]}
    />
  )
}

function Ways({ of, provider }: { of: WaysOf; provider: boolean }) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState("")
  const [passkeys, setPasskeys] = useState(false)
  const invite = useDecision("sign-in.invite")
  const bind = useDecision("sign-in.bind", () => setSubject(""))
  const unbind = useDecision("sign-in.unbind")
  const end = useDecision("sign-in.end")
  const failure = invite.failure ?? bind.failure ?? unbind.failure ?? end.failure
  return (
    <Section title={<Quoted>{of.name}</Quoted>}>
      {failure && <FailureNote failure={failure} />}
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
        <Stack gap="xs">
          <Text size="sm">{t("authority.waysIn.inviteHelp")}</Text>
          <Button size="compact-sm" loading={invite.running} onClick={() => invite.decide({ person: of.person })}>
            {t("authority.waysIn.invite")}
          </Button>
          {invite.answer && (
            <Alert color="teal" variant="light" role="status">
              <Text size="sm">{t("authority.waysIn.once", { until: moment(invite.answer.expiresAt) })}</Text>
              <Group gap="xs">
                <Code dir="ltr" className="code-given">
                  {invite.answer.code}
                </Code>
                <CopyButton value={invite.answer.code}>
                  {({ copied, copy }) => (
                    <Button size="compact-xs" variant="default" onClick={copy}>
                      {t(copied ? "account.copied" : "copy")}
                    </Button>
                  )}
                </CopyButton>
              </Group>
            </Alert>
          )}
        </Stack>
        <Stack gap="xs">
          <TextInput
            label={t("authority.waysIn.subject")}
            description={t(provider ? "authority.waysIn.subjectHelp" : "authority.waysIn.noProvider")}
            value={subject}
            onChange={(e) => setSubject(e.currentTarget.value)}
            disabled={!provider}
            dir="ltr"
          />
          <Button
            size="compact-sm"
            variant="default"
            loading={bind.running}
            disabled={!provider || subject.trim() === ""}
            onClick={() => bind.decide({ person: of.person, subject: subject.trim() })}
          >
            {t("authority.waysIn.bind")}
          </Button>
          {of.identities.map(({ issuer, subject: bound }) => (
            <Group key={`${issuer} ${bound}`} gap="xs">
              <Identifier>{bound}</Identifier>
              <Button
                size="compact-xs"
                variant="light"
                color="red"
                loading={unbind.running}
                onClick={() => unbind.decide({ person: of.person, issuer, subject: bound })}
              >
                {t("authority.waysIn.unbind")}
              </Button>
            </Group>
          ))}
        </Stack>
        <Stack gap="xs">
          <Text size="sm">{t("authority.waysIn.endHelp")}</Text>
          <Checkbox label={t("authority.waysIn.passkeysToo")} checked={passkeys} onChange={(e) => setPasskeys(e.currentTarget.checked)} />
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            loading={end.running}
            onClick={() => end.decide({ person: of.person, passkeys })}
          >
            {t("authority.waysIn.end")}
          </Button>
          {end.answer && (
            <Text size="sm" role="status">
              {t("authority.waysIn.ended", {
                count: end.answer.sessions + end.answer.tokens + end.answer.invitations + end.answer.passkeys,
              })}
            </Text>
          )}
        </Stack>
      </SimpleGrid>
    </Section>
  )
}

function ProviderForm({ of: { provider } }: { of: SignInState }) {
  const { t } = useTranslation()
  const [fields, setFields] = useState({
    name: provider?.name ?? "",
    issuer: provider?.issuer ?? "",
    clientId: provider?.clientId ?? "",
    origins: provider?.origins.join("\n") ?? "",
  })
  const [secret, setSecret] = useState(provider?.secret ?? false)
  const configure = useDecision("sign-in.configure")
  const set = (field: keyof typeof fields) => (value: string) => setFields((f) => ({ ...f, [field]: value }))
  const submit = (e: FormEvent) => {
    e.preventDefault()
    configure.decide({ ...fields, origins: linesOf(fields.origins), secret })
  }
  return (
    <Section title={t("authority.waysIn.provider")} help={t("authority.waysIn.providerHelp")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="xs" maw={720}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            {(["name", "issuer", "clientId", "origins"] as const).map((field) => (
              <TextInput
                key={field}
                label={t(`authority.waysIn.${field}`)}
                value={fields[field]}
                onChange={(e) => set(field)(e.currentTarget.value)}
                dir={field === "name" ? "auto" : "ltr"}
              />
            ))}
          </SimpleGrid>
          <Checkbox label={t("authority.waysIn.secret")} checked={secret} onChange={(e) => setSecret(e.currentTarget.checked)} />
          {configure.failure && <FailureNote failure={configure.failure} />}
          <div>
            <Button
              type="submit"
              loading={configure.running}
              disabled={!fields.name.trim() || !fields.issuer.trim() || !fields.clientId.trim()}
            >
              {t("authority.waysIn.trust")}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  )
}

function LimitsForm({ of: { limits } }: { of: SignInState }) {
  const { t } = useTranslation()
  const [idleMinutes, setIdle] = useState<number | string>(limits.idleMinutes)
  const [absoluteHours, setAbsolute] = useState<number | string>(limits.absoluteHours)
  const change = useDecision("sign-in.limits")
  return (
    <Section title={t("authority.waysIn.limits")} help={t("authority.waysIn.limitsHelp")}>
      <Group align="flex-end">
        <NumberInput label={t("authority.waysIn.idle")} value={idleMinutes} onChange={setIdle} min={1} max={30} w={200} />
        <NumberInput label={t("authority.waysIn.absolute")} value={absoluteHours} onChange={setAbsolute} min={1} max={10} w={200} />
        <Button
          variant="default"
          loading={change.running}
          onClick={() => change.decide({ idleMinutes: Number(idleMinutes), absoluteHours: Number(absoluteHours) })}
        >
          {t("authority.waysIn.shorten")}
        </Button>
      </Group>
      {change.failure && <FailureNote failure={change.failure} />}
    </Section>
  )
}

/** Nobody works as the one local user after this, so that it asks twice. */
function Enable() {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  const enable = useDecision("sign-in.enable")
  return (
    <Section title={t("authority.waysIn.enable")} help={t("authority.waysIn.enableHelp")}>
      <Checkbox label={t("authority.waysIn.sure")} checked={sure} onChange={(e) => setSure(e.currentTarget.checked)} />
      {enable.failure && <FailureNote failure={enable.failure} />}
      <div>
        <Button color="red.9" loading={enable.running} disabled={!sure} onClick={() => enable.decide({})}>
          {t("authority.waysIn.enable")}
        </Button>
      </div>
    </Section>
  )
}
