import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { Closed } from "../authority/Closed.tsx"
import { useMay } from "../authority/decide.ts"
import { NodePlaces } from "../authority/NodePlaces.tsx"
import { Witnessing } from "../journal/Witnessing.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Whoever } from "../sign-in/Whoever.tsx"
import type { Investigation } from "../types.ts"
import { LanguageChoice, SchemeChoice } from "./Choices.tsx"

/** The first page: in which investigation to work. */
export function Picker() {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useValue("investigations.list", {})
  const may = useMay()
  return (
    <div className="picker">
      <Group justify="space-between" component="header" mb="lg">
        <Group gap="sm">
          <Text fw={700} className="product">
            {t("product")}
          </Text>
          <Whoever />
          <Witnessing />
        </Group>
        <Group gap="xs">
          <LanguageChoice />
          <SchemeChoice />
        </Group>
      </Group>
      <main id="content">
        <ScreenHead title={t("picker.title")} lead={t("picker.lead")} />
        {error && <FailureNote failure={error} again={() => void refetch()} />}
        {isPending && <Working />}
        {data?.length === 0 && <Text my="md">{t("picker.empty")}</Text>}
        <Stack gap="xs" component="ul" className="plain" my="md">
          {data?.map((i) => (
            <Paper key={i.id} component="li" withBorder p="sm">
              <Go to="/i/$investigation/network" params={{ investigation: i.id }} fw={600}>
                <Quoted>{i.title}</Quoted>
              </Go>
              {i.title !== i.name && (
                <Text size="xs" c="dimmed">
                  <Identifier>{i.name}</Identifier>
                </Text>
              )}
            </Paper>
          ))}
        </Stack>
        <NodePlaces />
        <Closed />
        {!error && may.node("open") && <OpenForm />}
      </main>
    </div>
  )
}

function OpenForm() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState("")
  const [title, setTitle] = useState("")
  const open = useMutation<Investigation, ApiFailure>({
    mutationFn: () => ask("investigations.open", { name, ...(title.trim() ? { title: title.trim() } : {}) }),
    onSuccess: async (opened) => {
      await client.invalidateQueries({ queryKey: ["investigations.list"] })
      await navigate({ to: "/i/$investigation/intake", params: { investigation: opened.id } })
    },
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    open.mutate()
  }
  const atName = open.error?.at === "name"
  return (
    <Paper component="section" withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {t("picker.open")}
      </Title>
      <form onSubmit={submit}>
        <Group align="flex-start">
          <TextInput
            label={t("picker.name")}
            description={t("picker.nameHelp")}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            error={atName && open.error?.message}
            required
            flex={1}
          />
          <TextInput
            label={t("picker.about")}
            description={" "}
            value={title}
            onChange={(e) => setTitle(e.currentTarget.value)}
            maxLength={200}
            flex={2}
          />
        </Group>
        {open.error && (
          <div className="gap-above">
            <FailureNote failure={open.error} />
          </div>
        )}
        <Button type="submit" mt="md" loading={open.isPending}>
          {t("picker.submit")}
        </Button>
      </form>
    </Paper>
  )
}
