import { Button, Code, CopyButton, Group, MultiSelect, NumberInput, Stack, Table, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { moment } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
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
  const { data, error, refetch } = useValue("passkeys.list", {})
  const [label, setLabel] = useState("")
  const end = useEnd("passkeys.end", "passkeys.list")
  return (
    <Section title={t("account.passkeys")} help={t("account.passkeysHelp")}>
      {error && <FailureNote failure={error} />}
      {end.error && <FailureNote failure={end.error} />}
      {data?.length === 0 && <Text size="sm">{t("account.none")}</Text>}
      {data && data.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("enrol.label")}</Table.Th>
              <Table.Th>{t("account.added")}</Table.Th>
              <Table.Th>{t("account.used")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((p) => (
              <Table.Tr key={p.id}>
                <Table.Td>
                  <Quoted>{p.label}</Quoted>
                </Table.Td>
                <Table.Td>{moment(p.addedAt)}</Table.Td>
                <Table.Td>{p.lastUsedAt === null ? t("account.never") : moment(p.lastUsedAt)}</Table.Td>
                <Table.Td>
                  <Button size="compact-xs" variant="default" onClick={() => end.mutate({ passkey: p.id })}>
                    {t("account.end")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group align="flex-end">
        <TextInput label={t("enrol.label")} value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={80} />
        <Ways
          presence={presence}
          purpose="add"
          label={label}
          back="/account"
          onDone={() => {
            setLabel("")
            void refetch()
          }}
        />
      </Group>
    </Section>
  )
}

function Sessions({ own }: { own: string }) {
  const { t } = useTranslation()
  const { data, error } = useValue("sessions.list", {})
  const end = useEnd("sessions.end", "sessions.list")
  return (
    <Section title={t("account.sessions")} help={t("account.sessionsHelp")}>
      {error && <FailureNote failure={error} />}
      {end.error && <FailureNote failure={end.error} />}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("account.began")}</Table.Th>
            <Table.Th>{t("account.by")}</Table.Th>
            <Table.Th>{t("account.until")}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data?.map((s) => (
            <Table.Tr key={s.id}>
              <Table.Td>{moment(s.beganAt)}</Table.Td>
              <Table.Td>{t(`account.ways.${s.way}`)}</Table.Td>
              <Table.Td>{moment(s.idleUntil)}</Table.Td>
              <Table.Td>
                {s.id === own ? (
                  t("account.here")
                ) : (
                  <Button size="compact-xs" variant="default" onClick={() => end.mutate({ session: s.id })}>
                    {t("account.end")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}

function Tokens() {
  const { t } = useTranslation()
  const { data, error } = useValue("tokens.list", {})
  const end = useEnd("tokens.end", "tokens.list")
  return (
    <Section title={t("account.tokens")} help={t("account.tokensHelp")}>
      {error && <FailureNote failure={error} />}
      {end.error && <FailureNote failure={end.error} />}
      {data?.length === 0 && <Text size="sm">{t("account.none")}</Text>}
      {data && data.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("account.what")}</Table.Th>
              <Table.Th>{t("account.scopes")}</Table.Th>
              <Table.Th>{t("account.until")}</Table.Th>
              <Table.Th>{t("account.used")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((token) => (
              <Table.Tr key={token.id}>
                <Table.Td>
                  <Quoted>{token.label}</Quoted>
                </Table.Td>
                <Table.Td>{token.scopes.map((need) => wordOf("needs", need)).join(", ")}</Table.Td>
                <Table.Td>{token.state === "open" ? moment(token.expiresAt) : t(`account.states.${token.state}`)}</Table.Td>
                <Table.Td>{token.lastUsedAt === null ? t("account.never") : moment(token.lastUsedAt)}</Table.Td>
                <Table.Td>
                  {token.state === "open" && (
                    <Button size="compact-xs" variant="default" onClick={() => end.mutate({ token: token.id })}>
                      {t("account.end")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <MakeToken />
    </Section>
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
