import { Button, Checkbox, Group, NativeSelect, Popover, Stack, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { en } from "../language/en.ts"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { type Question, TOP, variantIn } from "./question.ts"
import { VariantFields } from "./VariantFields.tsx"

const LAYERS = Object.keys(en.layers)
const TOPS = [5, 10, 20, 50, 100]

/** What is counted: measure, layers, window, grades. Each change of it asks the node anew. */
export function Filters({ question, onApply }: { question: Question; onApply: (question: Question) => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Question>(question)
  const chosen = draft.layers ?? []
  const toggle = (layer: string) =>
    setDraft({ ...draft, layers: chosen.includes(layer) ? chosen.filter((l) => l !== layer) : [...chosen, layer] })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    onApply({ ...draft, ...(question.who ? { who: question.who } : {}) })
  }
  /** What is as usual stays out of the question. */
  const set =
    (key: "from" | "to" | "grades" | "mode", usual = "") =>
    (e: { currentTarget: { value: string } }) => {
      const { value } = e.currentTarget
      const { [key]: _, ...rest } = draft
      setDraft(value === usual ? rest : { ...rest, [key]: value })
    }
  return (
    <form onSubmit={submit} className="filters" aria-label={t("network.filters")}>
      <VariantFields
        value={variantIn(draft)}
        onChange={(variant) => {
          const { measure: _, directed: __, weighted: ___, ...rest } = draft
          setDraft({ ...rest, ...variant })
        }}
      />
      <Popover shadow="md" withArrow trapFocus>
        <Popover.Target>
          <Button size="xs" variant="default" type="button">
            {t("network.layers")}: {chosen.length === 0 ? t("network.layersAll") : whole(chosen.length)}
            {draft.mode && ` · ${t(`network.modes.${draft.mode}`)}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap={6} role="group" aria-label={t("network.layers")}>
            {LAYERS.map((l) => (
              <Checkbox key={l} size="xs" label={wordOf("layers", l)} checked={chosen.includes(l)} onChange={() => toggle(l)} />
            ))}
            <NativeSelect
              size="xs"
              label={t("network.mode")}
              value={draft.mode ?? "both"}
              onChange={set("mode", "both")}
              data={(["both", "first", "second"] as const).map((m) => ({ value: m, label: t(`network.modes.${m}`) }))}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <TextInput size="xs" type="datetime-local" label={t("network.from")} value={draft.from ?? ""} onChange={set("from")} />
      <TextInput size="xs" type="datetime-local" label={t("network.to")} value={draft.to ?? ""} onChange={set("to")} />
      <NativeSelect
        size="xs"
        label={t("network.grades")}
        value={draft.grades ?? "all"}
        onChange={set("grades", "all")}
        data={[
          { value: "all", label: t("network.gradesAll") },
          { value: "firm", label: t("network.gradesFirm") },
        ]}
      />
      <NativeSelect
        size="xs"
        label={t("network.top")}
        value={String(draft.top ?? TOP)}
        onChange={(e) => setDraft({ ...draft, top: Number(e.currentTarget.value) })}
        data={TOPS.map((n) => ({ value: String(n), label: whole(n) }))}
      />
      <Group gap={6}>
        <Button size="xs" type="submit">
          {t("network.apply")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setDraft({})
            onApply({})
          }}
        >
          {t("network.reset")}
        </Button>
      </Group>
    </form>
  )
}
