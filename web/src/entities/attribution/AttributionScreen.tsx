import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../../investigation.ts"
import { gradeWord, relationWord } from "../../language/attribution-words.ts"
import { en } from "../../language/en.ts"
import { whole } from "../../language/numbers.ts"
import { FailureNote } from "../../parts/FailureNote.tsx"
import { ScreenHead } from "../../parts/ScreenHead.tsx"
import { Working } from "../../parts/Working.tsx"
import { useValue } from "../../queries.ts"
import "./attribution.css"
import { ClaimTable } from "./ClaimTable.tsx"
import { SpokenNames } from "./SpokenNames.tsx"

const LEAST = ["slight", "fair", "strong", "none"]

/** The table by period of who used what, for the whole investigation. */
export function AttributionScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const [atLeast, setAtLeast] = useState("slight")
  const [relation, setRelation] = useState("")
  const { data, error, isFetching, progress, refetch } = useValue(
    "entities.attribution",
    { investigation, atLeast, ...(relation ? { relation } : {}) },
    { slow: true },
  )
  return (
    <Stack gap="md" className="attribution-page">
      <ScreenHead title={t("attribution.title")} lead={t("attribution.lead")}>
        <Group gap="xs" align="flex-end" className="attribution-tools">
          <NativeSelect
            size="xs"
            label={t("attribution.relation")}
            value={relation}
            onChange={(e) => setRelation(e.currentTarget.value)}
            data={[
              { value: "", label: t("attribution.every") },
              ...Object.keys(en.attribution.relations).map((r) => ({ value: r, label: relationWord(r) })),
            ]}
          />
          <NativeSelect
            size="xs"
            label={t("attribution.atLeast")}
            value={atLeast}
            onChange={(e) => setAtLeast(e.currentTarget.value)}
            data={LEAST.map((g) => ({ value: g, label: gradeWord(g) }))}
          />
          <Button size="xs" variant="default" onClick={() => window.print()}>
            {t("attribution.print")}
          </Button>
        </Group>
      </ScreenHead>
      {isFetching && <Working progress={progress} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Text size="sm">{t("attribution.edges", { grade: gradeWord(data.edgesFrom) })}</Text>
          <Text size="xs" c="dimmed">
            {data.claims.length === 0
              ? t("attribution.none")
              : t("attribution.shown", { n: whole(data.claims.length), of: whole(data.of) })}
          </Text>
          <ClaimTable claims={data.claims} investigation={investigation} holdings={holdings} />
          <SpokenNames spoken={data.spoken} investigation={investigation} holdings={holdings} />
        </>
      )}
    </Stack>
  )
}
