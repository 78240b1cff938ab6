import { Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../../investigation.ts"
import { gradeWord } from "../../language/attribution-words.ts"
import { FailureNote } from "../../parts/FailureNote.tsx"
import { Go } from "../../parts/Go.tsx"
import { Section } from "../../parts/Section.tsx"
import { Working } from "../../parts/Working.tsx"
import { useValue } from "../../queries.ts"
import type { Entity } from "../../types.ts"
import { AttributionForm } from "./AttributionForm.tsx"
import "./attribution.css"
import { ClaimTable } from "./ClaimTable.tsx"
import { SpokenNames } from "./SpokenNames.tsx"

interface AttributionSectionProps {
  entity: Entity
  investigation: string
  holdings: Holdings
  rests: readonly string[]
}

/** Who used what, as far as it concerns one person or number. */
export function AttributionSection({ entity, investigation, holdings, rests }: AttributionSectionProps) {
  const { t } = useTranslation()
  const { data, error, isFetching, progress, refetch } = useValue(
    "entities.attribution",
    { investigation, entity: entity.id },
    { slow: true },
  )
  return (
    <>
      <Section title={t("attribution.section")} help={t("attribution.sectionHelp")}>
        {isFetching && <Working progress={progress} />}
        {error && <FailureNote failure={error} again={() => void refetch()} />}
        {data && (
          <>
            <Text size="xs" c="dimmed">
              {t("attribution.edges", { grade: gradeWord(data.edgesFrom) })}{" "}
              <Go to="/i/$investigation/attribution" params={{ investigation }} underline="always">
                {t("attribution.whole")}
              </Go>
            </Text>
            {data.claims.length === 0 && <Text size="sm">{t("attribution.none")}</Text>}
            <ClaimTable claims={data.claims} investigation={investigation} holdings={holdings} />
          </>
        )}
        <AttributionForm entity={entity} investigation={investigation} rests={rests} />
      </Section>
      {data && data.spoken.length > 0 && <SpokenNames spoken={data.spoken} investigation={investigation} holdings={holdings} />}
    </>
  )
}
