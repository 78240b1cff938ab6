import { Button, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings } from "../investigation.ts"
import { score, share } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { namesIn } from "../parts/fields.ts"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"

/** What runs through people together whom the reader names. */
export function GroupForm({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  const [draft, setDraft] = useState("")
  const [who, setWho] = useState<string[]>([])
  const { data, error, isFetching, progress, refetch } = useJobResult(
    "network.group",
    { investigation, who },
    { enabled: who.length > 0, keep: true },
  )
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setWho(namesIn(draft))
  }
  return (
    <Section title={t("structure.together")} help={t("structure.togetherHelp")}>
      <form onSubmit={submit} className="filters">
        <TextInput label={t("structure.who")} value={draft} onChange={(e) => setDraft(e.currentTarget.value)} w={420} maw="100%" />
        <Button type="submit">{t("structure.work")}</Button>
      </form>
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && who.length > 0 && (
        <>
          <Text size="sm">{t("structure.between", { share: share(data.between), tied: share(data.tied) })}</Text>
          {data.random && (
            <Text size="sm" c="dimmed">
              {t("structure.random", { mean: share(data.random.mean), low: share(data.random.low), high: share(data.random.high) })}
            </Text>
          )}
          {data.people.map((p) => (
            <Text size="sm" key={p.entity}>
              <Quoted>{labelOf(p.label)}</Quoted>: {t("structure.alone", { alone: score(p.alone), without: score(p.without) })}
            </Text>
          ))}
        </>
      )}
    </Section>
  )
}
