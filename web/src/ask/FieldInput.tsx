import { Checkbox, Group, NativeSelect, Textarea, TextInput } from "@mantine/core"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Identifier } from "../parts/Isolated.tsx"
import type { Field, Filled, Wrong } from "./schema.ts"

interface FieldInputProps {
  field: Field
  filled: Filled
  onFill: (to: Filled) => void
  /** What this page finds wrong, and what the node did. */
  complaint: Wrong | undefined
  refused: string | undefined
}

/** One field of an input, under the name that the procedure gives it. */
export function FieldInput({ field, filled, onFill, complaint, refused }: FieldInputProps) {
  const { t } = useTranslation()
  const error: ReactNode = complaint ? t(`ask.${complaint}`) : refused && <bdi lang="en">{refused}</bdi>
  const about = {
    label: <Identifier>{field.name}</Identifier>,
    description: <Described field={field} />,
    required: field.required,
    ...(error ? { error } : {}),
  }
  if (field.way === "yes-no")
    return (
      <Checkbox
        label={about.label}
        description={about.description}
        checked={filled === true}
        onChange={(e) => onFill(e.currentTarget.checked)}
      />
    )
  if (field.way === "some-of")
    return (
      <Checkbox.Group {...about} value={Array.isArray(filled) ? filled : []} onChange={onFill}>
        <Group gap="xs" mt={4}>
          {field.choices.map((c) => (
            <Checkbox key={c} size="xs" value={c} label={<Identifier>{c}</Identifier>} />
          ))}
        </Group>
      </Checkbox.Group>
    )
  const value = typeof filled === "string" ? filled : ""
  const written = { value, onChange: (e: { currentTarget: { value: string } }) => onFill(e.currentTarget.value) }
  switch (field.way) {
    case "one-of":
      return <NativeSelect {...about} data={[{ value: "", label: "–" }, ...field.choices]} {...written} />
    case "number":
      return <TextInput {...about} inputMode="decimal" dir="ltr" maw={220} {...written} />
    case "time":
      return <TextInput {...about} type="datetime-local" maw={260} {...written} />
    case "text":
      return <TextInput {...about} dir="auto" {...written} />
    case "long":
      return <Textarea {...about} autosize minRows={2} dir="auto" {...written} />
    default:
      return (
        <Textarea {...about} autosize minRows={2} maxRows={14} dir="ltr" spellCheck={false} classNames={{ input: "mono" }} {...written} />
      )
  }
}

/** The procedure's own words, in English as the node says them, and how to write what a line cannot hold. */
function Described({ field }: { field: Field }) {
  const { t } = useTranslation()
  const form = field.way === "json" ? t("ask.json") : field.way === "lines" ? t("ask.lines") : field.way === "time" ? t("utc") : null
  const otherwise = field.otherwise
  const told = otherwise !== undefined && otherwise !== false && !(Array.isArray(otherwise) && otherwise.length === 0)
  return (
    <>
      {field.description && (
        <bdi lang="en" dir="ltr">
          {field.description}
        </bdi>
      )}
      {form && <> ({form})</>}
      {told && (
        <>
          {" "}
          ({t("ask.otherwise")} <Identifier>{typeof otherwise === "string" ? otherwise : JSON.stringify(otherwise)}</Identifier>)
        </>
      )}
    </>
  )
}
