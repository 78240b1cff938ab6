import { Badge, Group, Stack, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useMay } from "../authority/decide.ts"
import { useInvestigation } from "../investigation.ts"
import { decimal, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Adoptions } from "./Adoptions.tsx"
import { Proposals } from "./Proposals.tsx"
import { SetTable } from "./SetTable.tsx"

/** With which weights rows of registers are linked, what else could be adopted, and what was. */
export function ParametersScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  const { data, error, isFetching, progress, refetch } = useValue("entities.parameters", { investigation }, { slow: true })
  const own = data?.inForce
  return (
    <Stack gap="md">
      <Go to="/i/$investigation/entities" params={{ investigation }} size="sm">
        {t("linkage.back")}
      </Go>
      <ScreenHead title={t("linkage.title")} lead={t("linkage.lead")} />
      {isFetching && <Working progress={progress} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && !own && <Text>{t("linkage.nothing")}</Text>}
      {data && own && (
        <>
          <Section title={t("linkage.inForce")}>
            <Group gap="xs">
              <strong>{t(`linkage.sources.${own.source}`)}</strong>
              <Badge variant="outline" color={own.adopted ? "teal" : "gray"} tt="none">
                {t(own.adopted ? "linkage.adopted" : "linkage.moving")}
              </Badge>
            </Group>
            <Text size="sm">
              {t("linkage.hash")} <Identifier>{own.hash.slice(0, 12)}</Identifier> ·{" "}
              {t("linkage.counts", { fragments: whole(data.fragments), pairs: whole(data.pairs), held: whole(data.held) })}
            </Text>
            <Text size="sm">
              {t("linkage.prior", { bits: decimal(own.priorWeight / 100), pairs: whole(1 / own.prior) })}{" "}
              {t("linkage.floor", { floor: whole(own.floor) })}
            </Text>
          </Section>
          <Section title={t("linkage.proposals")} help={t("linkage.proposalsHelp")}>
            <Proposals shown={data} investigation={investigation} mayAdopt={may.here("assess")} />
          </Section>
          <Section title={t("linkage.adoptions")}>
            <Adoptions adoptions={data.adoptions} investigation={investigation} mayAct={may.here("assess")} />
          </Section>
          <Section title={t("linkage.comparator")}>
            <SetTable set={own} />
          </Section>
        </>
      )}
    </Stack>
  )
}
