import { Button, Collapse, Group, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Choice, Line, Lines, useDecision } from "./form.tsx"
import type { RaisedKind } from "./types.ts"

const KINDS = ["boat", "captive", "threat", "lone-child", "trafficking"] as const

/** Tells the duty officer by hand; `record` stays in its investigation. */
export function RaiseForm({ investigation, record }: { investigation?: string; record?: string }) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const [kind, setKind] = useState<RaisedKind>("boat")
  const [words, setWords] = useState("")
  const [place, setPlace] = useState("")
  const [lat, setLat] = useState("")
  const [lon, setLon] = useState("")
  const raise = useDecision("safeguards.raise")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    raise.mutate({
      kind,
      words,
      ...(place.trim() ? { place } : {}),
      ...(lat && lon ? { lat: Number(lat), lon: Number(lon) } : {}),
      ...(investigation ? { investigation } : {}),
      ...(record ? { record } : {}),
    })
  }
  return (
    <section>
      <Button size="sm" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("care.duty.raise")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={620} mt="sm">
            <Text size="sm" c="dimmed">
              {t("care.duty.raiseHelp")}
            </Text>
            <Choice label={t("care.duty.kind")} value={kind} onChange={setKind} of={KINDS} word={(k) => t(`care.kinds.${k}`)} />
            <Lines label={t("care.duty.sentence")} value={words} onChange={setWords} required />
            <Group grow>
              <Line label={t("care.duty.place")} value={place} onChange={setPlace} />
              <Line label={t("care.duty.lat")} value={lat} onChange={setLat} />
              <Line label={t("care.duty.lon")} value={lon} onChange={setLon} />
            </Group>
            {raise.error && <FailureNote failure={raise.error} />}
            {raise.isSuccess && (
              <Text size="sm" role="status">
                {t("care.duty.raised")}
              </Text>
            )}
            <div>
              <Button type="submit" size="sm" loading={raise.isPending}>
                {t("care.send")}
              </Button>
            </div>
          </Stack>
        </form>
      </Collapse>
    </section>
  )
}
