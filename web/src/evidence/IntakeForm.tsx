import { Button, Checkbox, Fieldset, NativeSelect, SimpleGrid, Textarea, TextInput } from "@mantine/core"
import { type FormEvent, type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ApiFailure } from "../api.ts"
import { en } from "../language/en.ts"
import { wordOf } from "../language/words.ts"
import { linesOf, utcOf } from "../parts/fields.ts"
import type { Classification, IntakeInput } from "../types.ts"
import { DropZone } from "./DropZone.tsx"
import type { HandedIn } from "./handed-in.ts"
import { Look } from "./Look.tsx"

const CLASSIFICATIONS: readonly Classification[] = ["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]

const EMPTY = {
  paths: "",
  authority: "",
  power: "",
  onArrival: false,
  grade: "",
  handling: "",
  condition: "",
  classification: "OFFICIAL" as Classification,
  originator: "",
  reference: "",
  kind: "other",
  eventId: "",
  eventKind: "other",
  eventPlace: "",
  eventAt: "",
  region: "",
  zone: "",
  as: "",
}
type Fields = typeof EMPTY

/** Only what was filled in is sent: what is missing is the node's to refuse, with its hint. */
function inputOf(f: Fields, investigation: string): IntakeInput {
  const given = <K extends string>(key: K, value: string): Partial<Record<K, string>> =>
    value.trim() === "" ? {} : ({ [key]: value.trim() } as Record<K, string>)
  const at = utcOf(f.eventAt)
  return {
    paths: linesOf(f.paths),
    investigation,
    condition: linesOf(f.condition),
    classification: f.classification,
    onArrival: f.onArrival,
    kind: f.kind,
    ...given("authority", f.authority),
    ...given("power", f.power),
    ...given("grade", f.grade),
    ...given("handling", f.handling),
    ...given("originator", f.originator),
    ...given("reference", f.reference),
    ...given("region", f.region.toUpperCase()),
    ...given("zone", f.zone),
    ...given("as", f.as),
    ...(f.eventId.trim() === ""
      ? {}
      : { seizureEvent: { id: f.eventId.trim(), kind: f.eventKind, ...given("place", f.eventPlace), ...(at ? { at } : {}) } }),
  }
}

interface IntakeFormProps {
  investigation: string
  onSubmit: (input: IntakeInput) => void
  handedIn: HandedIn
  running: boolean
  failure: ApiFailure | null
}

/** A refusal is shown at the field that it names: by its key, by a place in it, by its code, or by its flag in the hint. */
function refusedAt(failure: ApiFailure | null, field: string): ReactNode {
  if (!failure) return undefined
  const { at = "", code, hint, message } = failure
  const named =
    at === field ||
    at.startsWith(`${field}.`) ||
    code.startsWith(`invalid.${field}`) ||
    (hint !== undefined && new RegExp(`--${field}\\b`).test(hint)) ||
    (field === "paths" && code === "invalid.no-such-path")
  return named ? <bdi lang="en">{message}</bdi> : undefined
}

export function IntakeForm({ investigation, onSubmit, handedIn, running, failure }: IntakeFormProps) {
  const { t } = useTranslation()
  const [fields, setFields] = useState<Fields>(EMPTY)
  /** The mapping of the preview, when it is to be used. */
  const [map, setMap] = useState<unknown>(undefined)
  const bind = <K extends keyof Fields>(key: K, at: string = key) => ({
    value: fields[key] as string,
    onChange: (e: { currentTarget: { value: string } }) => {
      const { value } = e.currentTarget
      setFields((f) => ({ ...f, [key]: value }))
    },
    error: refusedAt(failure, at),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    onSubmit({ ...inputOf(fields, investigation), ...(map === undefined ? {} : { map }) })
  }
  const kinds = Object.keys(en.itemKinds).map((k) => ({ value: k, label: wordOf("itemKinds", k) }))
  const eventKinds = Object.keys(en.eventKinds).map((k) => ({ value: k, label: wordOf("eventKinds", k) }))
  return (
    <form onSubmit={submit} className="intake" noValidate>
      <div className="intake-material">
        <DropZone handedIn={handedIn} disabled={running} />
        <div>
          <Textarea
            label={t("intake.paths")}
            description={t("intake.pathsHelp")}
            autosize
            minRows={2}
            dir="ltr"
            classNames={{ input: "mono" }}
            {...bind("paths")}
          />
          <Look path={linesOf(fields.paths)[0]} onUse={setMap} />
        </div>
      </div>
      <SimpleGrid cols={{ base: 1, lg: 2 }} mt="sm">
        <Fieldset legend={t("intake.ground")}>
          <TextInput label={t("intake.authority")} description={t("intake.authorityHelp")} {...bind("authority")} />
          <TextInput label={t("intake.power")} description={t("intake.powerHelp")} mt="xs" {...bind("power")} />
          <Checkbox
            mt="sm"
            label={t("intake.onArrival")}
            description={t("intake.onArrivalHelp")}
            checked={fields.onArrival}
            onChange={(e) => {
              const { checked } = e.currentTarget
              setFields((f) => ({ ...f, onArrival: checked }))
            }}
          />
        </Fieldset>
        <Fieldset legend={t("intake.marking")}>
          <SimpleGrid cols={2} spacing="xs">
            <TextInput label={t("intake.grade")} description={t("intake.gradeHelp")} dir="ltr" {...bind("grade")} />
            <TextInput label={t("intake.handling")} description={t("intake.handlingHelp")} dir="ltr" {...bind("handling")} />
            <NativeSelect label={t("intake.classification")} data={[...CLASSIFICATIONS]} {...bind("classification")} />
            <TextInput label={t("intake.originator")} {...bind("originator")} />
          </SimpleGrid>
          <Textarea
            label={t("intake.conditions")}
            description={t("intake.conditionsHelp")}
            mt="xs"
            autosize
            minRows={1}
            {...bind("condition", "condition")}
          />
        </Fieldset>
        <Fieldset legend={t("intake.thing")}>
          <SimpleGrid cols={2} spacing="xs">
            <TextInput label={t("intake.reference")} {...bind("reference")} />
            <NativeSelect label={t("intake.kind")} data={kinds} {...bind("kind")} />
          </SimpleGrid>
          <Fieldset legend={t("intake.event")} mt="xs" variant="unstyled">
            <p className="help">{t("intake.eventHelp")}</p>
            <SimpleGrid cols={2} spacing="xs">
              <TextInput label={t("intake.eventId")} {...bind("eventId", "seizureEvent")} />
              <NativeSelect label={t("intake.eventKind")} data={eventKinds} {...bind("eventKind")} />
              <TextInput label={t("intake.eventPlace")} {...bind("eventPlace")} />
              <TextInput label={t("intake.eventAt")} type="datetime-local" {...bind("eventAt")} />
            </SimpleGrid>
          </Fieldset>
        </Fieldset>
        <Fieldset legend={t("intake.reading")}>
          <SimpleGrid cols={2} spacing="xs">
            <TextInput label={t("intake.region")} description={t("intake.regionHelp")} maxLength={2} dir="ltr" {...bind("region")} />
            <TextInput label={t("intake.zone")} description={t("intake.zoneHelp")} dir="ltr" {...bind("zone")} />
          </SimpleGrid>
          <TextInput label={t("intake.as")} description={t("intake.asHelp")} mt="xs" dir="ltr" {...bind("as")} />
        </Fieldset>
      </SimpleGrid>
      <Button type="submit" mt="md" loading={running}>
        {t("intake.submit")}
      </Button>
    </form>
  )
}
