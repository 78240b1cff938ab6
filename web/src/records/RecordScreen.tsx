import { useNavigate, useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { RecordShownView } from "./RecordShownView.tsx"

/** One record as a page of its own. */
export function RecordScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { id = "" } = useParams({ strict: false })
  const navigate = useNavigate()
  const { data, error, isFetching, refetch } = useValue("records.show", { investigation, record: id })
  return (
    <div className="narrow">
      <ScreenHead title={t("records.one")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <RecordShownView
          shown={data}
          investigation={investigation}
          onOpen={(next) => void navigate({ to: "/i/$investigation/records/$id", params: { investigation, id: next } })}
        />
      )}
    </div>
  )
}
