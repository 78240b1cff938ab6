import { Checkbox, NativeSelect } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { en } from "../language/en.ts"
import { wordOf } from "../language/words.ts"

const MEASURES = Object.keys(en.measures)

/** By what people are ranked: a measure, and of measures of structure whether ties count by direction and by weight. */
export interface Variant {
  measure?: string
  directed?: true
  weighted?: true
}

/** Involvement has no variants, and what fits the material may be involvement. */
const hasVariants = ({ measure }: Variant): boolean => measure !== undefined && measure !== "involvement"

export function VariantFields({ value, onChange }: { value: Variant; onChange: (value: Variant) => void }) {
  const { t } = useTranslation()
  const open = hasVariants(value)
  const choose = (measure: string) => {
    const next: Variant = measure === "" ? {} : { measure }
    onChange(hasVariants(next) ? { ...value, ...next } : next)
  }
  const vary = (key: "directed" | "weighted") => () => {
    const { [key]: was, ...rest } = value
    onChange(was ? rest : { ...rest, [key]: true })
  }
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("network.measure")}
        value={value.measure ?? ""}
        onChange={(e) => choose(e.currentTarget.value)}
        data={[{ value: "", label: t("network.measureAuto") }, ...MEASURES.map((m) => ({ value: m, label: wordOf("measures", m) }))]}
      />
      {(["directed", "weighted"] as const).map((key) => (
        <Checkbox
          key={key}
          size="xs"
          label={t(`network.${key}`)}
          title={open ? undefined : t("network.variantHelp")}
          disabled={!open}
          checked={value[key] === true}
          onChange={vary(key)}
        />
      ))}
    </>
  )
}
