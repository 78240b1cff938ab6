import { Alert, Button, FileButton, Group, Stack, Text } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask, handIn } from "../api.ts"
import { whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { asFailure } from "../queries.ts"
import type { JournalTree } from "./answers.ts"
import { fetchFile, save } from "./save.ts"

const TREES: readonly JournalTree[] = ["decisions", "access"]

/** Files that go to parties outside, and what comes back from them. */
export function Exchange() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)

  const act = (run: () => Promise<string>) => async () => {
    setBusy(true)
    setFailure(null)
    setTold("")
    try {
      setTold(await run())
      await client.invalidateQueries({ predicate: ({ queryKey }) => /^journal\.(state|witnessing)$/.test(String(queryKey[0])) })
    } catch (error) {
      setFailure(asFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const file = (procedure: string, input: object) =>
    act(async () => {
      await fetchFile(procedure, input)
      return ""
    })
  const sign = act(async () => {
    const { checkpoints, key } = await ask("journal.checkpoint", {})
    save("checkpoints.txt", new Blob([`${checkpoints.map((c) => c.note).join("\n")}\n${key}\n`]))
    const sizes = checkpoints.map((c) => `${t(`journal.trees.${c.tree}`)} ${whole(Number(c.note.split("\n")[1]))}`)
    return t("journal.signed", { sizes: sizes.join(", ") })
  })
  const takeIn = (procedure: string) => (chosen: File | null) => {
    if (!chosen) return
    void act(async () => {
      const { tree, size } = await handIn<{ tree: JournalTree; size: number }>(procedure, chosen)
      return t("journal.took", { tree: t(`journal.trees.${tree}`), size: whole(size) })
    })()
  }
  const cosign = (chosen: File | null) => {
    if (!chosen) return
    void act(async () => {
      const { log, size, note } = await handIn<{ log: string; size: number; note: string }>("journal.cosign", chosen)
      save("cosigned.txt", new Blob([note]))
      return t("journal.cosigned", { log, size: whole(size) })
    })()
  }
  const choose = (onChange: (file: File | null) => void, label: string) => (
    <FileButton onChange={onChange}>
      {(props) => (
        <Button {...props} size="xs" variant="default" disabled={busy}>
          {label}
        </Button>
      )}
    </FileButton>
  )
  const button = (onClick: () => void, label: string) => (
    <Button key={label} size="xs" variant="default" disabled={busy} onClick={onClick}>
      {label}
    </Button>
  )
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {t("journal.filesHelp")}
      </Text>
      <Group gap={6}>
        {button(file("journal.export", {}), t("journal.getExport"))}
        {button(sign, t("journal.getCheckpoint"))}
        {TREES.map((tree) =>
          button(file("journal.witness-request", { tree }), t("journal.getRequest", { tree: t(`journal.trees.${tree}`) })),
        )}
        {choose(takeIn("journal.witness"), t("journal.putWitness"))}
        {TREES.map((tree) =>
          button(file("journal.timestamp-request", { tree }), t("journal.getStamp", { tree: t(`journal.trees.${tree}`) })),
        )}
        {choose(takeIn("journal.timestamp"), t("journal.putStamp"))}
        {choose(cosign, t("journal.putCosign"))}
      </Group>
      {told && (
        <Alert color="teal" variant="light" role="status">
          <bdi>{told}</bdi>
        </Alert>
      )}
      {failure && <FailureNote failure={failure} />}
    </Stack>
  )
}
