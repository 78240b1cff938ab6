import { Alert, Badge, Group, Stack, Text } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { useOpenRecord } from "../records/open.ts"
import { RecordTable } from "../records/RecordTable.tsx"
import { ContestedBadge, EntityContests } from "../safeguards/EntityContests.tsx"
import type { Entity } from "../types.ts"
import { AttributionSection } from "./attribution/AttributionSection.tsx"
import { Claims } from "./Claims.tsx"
import { ConductForm } from "./ConductForm.tsx"
import { ConductList } from "./ConductList.tsx"
import { DecisionList } from "./DecisionList.tsx"
import { Identifiers, Labels, Mentions } from "./Identifiers.tsx"
import { IdentityForm } from "./IdentityForm.tsx"
import { AskedFor, IdentitySection } from "./IdentitySection.tsx"
import { LiftingSection } from "./LiftingSection.tsx"
import { StandingSection } from "./StandingSection.tsx"

/** One person or thing: every claim and its source. */
export function EntityScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const { entity = "" } = useParams({ strict: false })
  const { data, error, isFetching, progress, refetch } = useValue("entities.show", { investigation, entity }, { slow: true })
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/entities" params={{ investigation }} size="sm">
        {t("entities.title")}
      </Go>
      {isFetching && <Working progress={progress} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <ScreenHead title={data.masked ? t("entities.protected") : <Quoted>{holdings.labelOf(data.identifier ?? data.label)}</Quoted>}>
            <Group gap="xs">
              <Badge variant="light" tt="none">
                {wordOf("entityKinds", data.kind)}
              </Badge>
              {data.identifier !== null && !data.masked && (
                <Text size="sm">
                  {t("attribution.called")} <Quoted>{holdings.labelOf(data.label)}</Quoted>
                </Text>
              )}
              <Badge variant={data.standing.protected ? "filled" : "light"} color={data.standing.protected ? "grape" : "gray"} tt="none">
                {data.standing.standing === "protected" ? t("entities.protected") : wordOf("standings", data.standing.standing)}
              </Badge>
              <ContestedBadge entity={data.id} investigation={investigation} />
              <Text size="xs" c="dimmed">
                <Identifier>{data.id}</Identifier>
              </Text>
            </Group>
          </ScreenHead>
          <AskedFor entity={data} investigation={investigation} />
          {data.announced.map((a) => (
            <Alert key={a.contact} color="yellow" variant="light" role="status">
              {t("authority.deconfliction.contactAsks")} <Quoted>{a.contact}</Quoted>
            </Alert>
          ))}
          {data.masked && (
            <Alert color="grape" variant="light">
              {t("entities.protectedSays")}
            </Alert>
          )}
          <Claimed entity={data} investigation={investigation} />
          <EntityContests entity={data} investigation={investigation} />
        </>
      )}
    </Stack>
  )
}

function Claimed({ entity, investigation }: { entity: Entity; investigation: string }) {
  const { t } = useTranslation()
  const holdings = useHoldings(investigation)
  const { open } = useOpenRecord()
  const [rests, setRests] = useState<readonly string[]>([])
  const toggle = (id: string) => setRests(rests.includes(id) ? rests.filter((r) => r !== id) : [...rests, id])
  return (
    <>
      <div className="two-columns">
        <StandingSection entity={entity} investigation={investigation} holdings={holdings} />
        {!entity.masked && <ConductList entity={entity} holdings={holdings} />}
      </div>
      <DecisionList decisions={entity.standing.history} investigation={investigation} holdings={holdings} />
      <IdentitySection entity={entity} investigation={investigation} />
      {(entity.masked || entity.liftings.length > 0) && <LiftingSection entity={entity} investigation={investigation} />}
      {!entity.masked && (
        <>
          <div className="two-columns">
            <Identifiers entity={entity} holdings={holdings} />
            <Labels entity={entity} />
          </div>
          <AttributionSection entity={entity} investigation={investigation} holdings={holdings} rests={rests} />
          <Claims entity={entity} holdings={holdings} />
          <Mentions entity={entity} />
          <Section title={t("entities.sources")} help={t("entities.sourcesHelp")}>
            <RecordTable
              records={entity.sources}
              onOpen={open}
              showKind
              ticked={{ has: (id) => rests.includes(id), toggle, label: t("entities.useRecord") }}
            />
          </Section>
          <IdentityForm entity={entity} investigation={investigation} rests={rests} onRests={setRests} />
          <ConductForm entity={entity} investigation={investigation} rests={rests} onRests={setRests} />
        </>
      )}
    </>
  )
}
