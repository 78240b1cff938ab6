import { Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { utcOf } from "../parts/fields.ts"
import type { JournalTree } from "./answers.ts"
import { ENTRY_KINDS, type Sought } from "./sought.ts"

const localOf = (iso: string | undefined): string => (iso ? iso.slice(0, 16) : "")

/** What of the journal is wanted. */
export function SearchForm({ sought, onSeek }: { sought: Sought; onSeek: (sought: Sought) => void }) {
  const { t } = useTranslation()
  const [fields, setFields] = useState<Sought>(sought)
  const set = (change: Sought) => setFields((before) => ({ ...before, ...change }))
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const { from: _, ...wanted } = fields
    onSeek(wanted)
  }
  const text = (field: "actor" | "concerning" | "procedure" | "text", w: number) => (
    <TextInput
      label={t(`journal.${field}`)}
      value={fields[field] ?? ""}
      onChange={(e) => set({ [field]: e.currentTarget.value })}
      dir="auto"
      size="xs"
      w={w}
      maxLength={200}
    />
  )
  const time = (field: "since" | "until") => (
    <TextInput
      type="datetime-local"
      label={t(`journal.${field}`)}
      defaultValue={localOf(fields[field])}
      onChange={(e) => set({ [field]: utcOf(e.currentTarget.value) ?? "" })}
      size="xs"
    />
  )
  return (
    <form onSubmit={submit} className="filters" aria-label={t("journal.filters")}>
      <SegmentedControl
        size="xs"
        aria-label={t("journal.tree")}
        value={fields.tree ?? "access"}
        onChange={(tree) => {
          const { kind: _, from: __, ...rest } = fields
          const next = { ...rest, tree: tree as JournalTree }
          setFields(next)
          onSeek(next)
        }}
        data={(["access", "decisions"] as const).map((tree) => ({ value: tree, label: t(`journal.trees.${tree}`) }))}
      />
      <NativeSelect
        label={t("journal.kind")}
        size="xs"
        value={fields.kind ?? ""}
        onChange={(e) => set({ kind: e.currentTarget.value })}
        data={[{ value: "", label: t("all") }, ...ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`journal.entryKinds.${kind}`) }))]}
      />
      {text("actor", 190)}
      {text("concerning", 150)}
      {text("procedure", 150)}
      {time("since")}
      {time("until")}
      {text("text", 190)}
      <Button type="submit" size="xs">
        {t("journal.look")}
      </Button>
    </form>
  )
}
