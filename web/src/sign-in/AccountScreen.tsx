import { Button, Code, CopyButton, Group, MultiSelect, NumberInput, Stack, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { Listing } from "../parts/Listing.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { NEEDS, type SignInValues } from "./answers.ts"
import { DoorPage } from "./DoorPage.tsx"
import { leave, type Presence, startAnew, usePresence } from "./presence.ts"
import { Ways } from "./Ways.tsx"

/** What is a person's own here: ways in, sessions, tokens. */
export function AccountScreen() {
  const { t } = useTranslation()
  const { data, error } = usePresence()
  const person = data?.person
  return (
    <DoorPage>
      <ScreenHead title={t("account.title")} lead={person ? `${person.name}, ${person.organisation}` : t("account.lead")}>
        {person && (
          <Button variant="default" onClick={() => void leave().then(() => startAnew("/sign-in"))}>
            {t("account.leave")}
          </Button>
        )}
      </ScreenHead>
      {error && <FailureNote failure={error} />}
      {!data && !error && <Working />}
      {data && !person && (
        <Text mt="md">
          {t(data.local ? "signIn.notNeeded" : "account.signInFirst")}{" "}
          {!data.local && (
            <Go to="/sign-in" underline="always">
              {t("signIn.title")}
            </Go>
          )}
        </Text>
      )}
      {data && person && (
        <Stack gap="xl" mt="md">
          <Passkeys presence={data} />
          <Sessions own={person.session} />
          <Tokens />
        </Stack>
      )}
    </DoorPage>
  )
}

/** Ends something of one's own; the list that it stood in is asked anew. */
function useEnd<N extends "passkeys.end" | "sessions.end" | "tokens.end">(name: N, list: keyof SignInValues) {
  const client = useQueryClient()
  return useMutation<unknown, ApiFailure, SignInValues[N][0]>({
    mutationFn: (input) => ask(name, input as never),
    onSuccess: () => client.invalidateQueries({ queryKey: [list] }),
  })
}

function Passkeys({ presence }: { presence: Presence }) {
  const { t } = useTranslation()
  const passkeys = useValue("passkeys.list", {})
  const [label, setLabel] = useState("")
  const end = useEnd("passkeys.end", "passkeys.list")
  return (
    <Section title={t("account.passkeys")} help={t("account.passkeysHelp")}>
      {end.error && <FailureNote failure={end.error} />}
      <Listing
        asked={passkeys}
        none={t("account.none")}
        idOf={(p) => p.id}
        minWidth={480}
        columns={[
          { head: t("enrol.label"), cell: (p) => <Quoted>{p.label}</Quoted> },
          { head: t("account.added"), cell: (p) => moment(p.addedAt) },
          { head: t("account.used"), cell: (p) => (p.lastUsedAt === null ? t("account.never") : moment(p.lastUsedAt)) },
          { cell: (p) => <EndButton onEnd={() => end.mutate({ passkey: p.id })} /> },
        ]}
      />
      <Group align="flex-end">
        <TextInput label={t("enrol.label")} value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={80} />
        <Ways
          presence={presence}
          purpose="add"
          label={label}
          back="/account"
          onDone={() => {
            setLabel("")
            void passkeys.refetch()
          }}
        />
      </Group>
    </Section>
  )
}

function Sessions({ own }: { own: string }) {
  const { t } = useTranslation()
  const sessions = useValue("sessions.list", {})
  const end = useEnd("sessions.end", "sessions.list")
  return (
    <Section title={t("account.sessions")} help={t("account.sessionsHelp")}>
      {end.error && <FailureNote failure={end.error} />}
      <Listing
        asked={sessions}
        none={t("account.none")}
        idOf={(s) => s.id}
        minWidth={480}
        columns={[
          { head: t("account.began"), cell: (s) => moment(s.beganAt) },
          { head: t("account.by"), cell: (s) => t(`account.ways.${s.way}`) },
          { head: t("account.until"), cell: (s) => moment(s.idleUntil) },
          { cell: (s) => (s.id === own ? t("account.here") : <EndButton onEnd={() => end.mutate({ session: s.id })} />) },
        ]}
      />
    </Section>
  )
}

function Tokens() {
  const { t } = useTranslation()
  const tokens = useValue("tokens.list", {})
  const end = useEnd("tokens.end", "tokens.list")
  return (
    <Section title={t("account.tokens")} help={t("account.tokensHelp")}>
      {end.error && <FailureNote failure={end.error} />}
      <Listing
        asked={tokens}
        none={t("account.none")}
        idOf={(token) => token.id}
        minWidth={560}
        columns={[
          { head: t("account.what"), cell: (token) => <Quoted>{token.label}</Quoted> },
          { head: t("account.scopes"), cell: (token) => token.scopes.map((need) => wordOf("needs", need)).join(", ") },
          {
            head: t("account.until"),
            cell: (token) => (token.state === "open" ? moment(token.expiresAt) : t(`account.states.${token.state}`)),
          },
          { head: t("account.used"), cell: (token) => (token.lastUsedAt === null ? t("account.never") : moment(token.lastUsedAt)) },
          { cell: (token) => token.state === "open" && <EndButton onEnd={() => end.mutate({ token: token.id })} /> },
        ]}
      />
      <MakeToken />
    </Section>
  )
}

function EndButton({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation()
  return (
    <Button size="compact-xs" variant="default" onClick={onEnd}>
      {t("account.end")}
    </Button>
  )
}

function MakeToken() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [label, setLabel] = useState("")
  const [scopes, setScopes] = useState<string[]>(["own", "look"])
  const [days, setDays] = useState<number | string>(30)
  const make = useMutation<SignInValues["tokens.make"][1], ApiFailure>({
    mutationFn: () => ask("tokens.make", { label, scopes, days: Number(days) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens.list"] }),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    make.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput label={t("account.what")} value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={80} required />
        <MultiSelect
          label={t("account.scopes")}
          value={scopes}
          onChange={setScopes}
          data={NEEDS.map((need) => ({ value: need, label: wordOf("needs", need) }))}
          searchable
          required
          miw={280}
          flex={1}
        />
        <NumberInput label={t("account.days")} value={days} onChange={setDays} min={1} max={90} w={110} />
        <Button type="submit" loading={make.isPending}>
          {t("account.make")}
        </Button>
      </Group>
      {make.error && <FailureNote failure={make.error} />}
      {make.data && (
        <Stack gap={4} mt="sm" role="status">
          <Text size="sm">{t("account.once")}</Text>
          <Group gap="xs">
            <Code dir="ltr">{make.data.token}</Code>
            <CopyButton value={make.data.token}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy}>
                  {t(copied ? "account.copied" : "copy")}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Stack>
      )}
    </form>
  )
}
