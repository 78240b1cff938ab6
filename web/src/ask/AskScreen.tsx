import { Stack, Text } from "@mantine/core"
import { useSearch } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { EffectBadge } from "./EffectBadge.tsx"
import { type Procedure, useProcedures } from "./list.ts"
import { ProcedureForm } from "./ProcedureForm.tsx"

/** As in the API's own addresses: an address that ends in a dot and a word is a file's. */
const inAddress = (name: string): string => name.replace(".", "/")

/** Every procedure of the node, asked through a form that is drawn from its schema: what has no screen of its own is still there. */
export function AskScreen() {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useProcedures()
  const { procedure: name } = useSearch({ strict: false }) as { procedure?: string }
  const chosen = data?.find((p) => inAddress(p.name) === name)
  return (
    <Stack gap="md">
      <ScreenHead title={t("ask.title")} lead={t("ask.lead")} />
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {isPending && <Working />}
      {data && (
        <div className="ask">
          <ProcedureList procedures={data} chosen={name} />
          {chosen ? (
            <ProcedureForm key={chosen.name} procedure={chosen} />
          ) : (
            <Text size="sm" c="dimmed">
              {name ? t("ask.unknown") : t("ask.choose")}
            </Text>
          )}
        </div>
      )}
    </Stack>
  )
}

function ProcedureList({ procedures, chosen }: { procedures: readonly Procedure[]; chosen: string | undefined }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  return (
    <nav aria-label={t("ask.list")} className="ask-list">
      {[...Map.groupBy(procedures, (p) => p.subject)].map(([subject, own]) => (
        <section key={subject}>
          <h2>{wordOf("subjects", subject)}</h2>
          <ul className="plain">
            {own.map((p) => (
              <li key={p.name} data-chosen={inAddress(p.name) === chosen || undefined}>
                <Go
                  to="/i/$investigation/ask"
                  params={{ investigation }}
                  search={{ procedure: inAddress(p.name) }}
                  resetScroll={false}
                  aria-current={inAddress(p.name) === chosen ? "true" : undefined}
                  size="sm"
                >
                  <bdi lang="en" dir="ltr">
                    {p.title}
                  </bdi>
                </Go>
                <div className="ask-name">
                  <Identifier>{p.name}</Identifier> <EffectBadge effect={p.effect} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
