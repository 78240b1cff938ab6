import { Badge, Tooltip } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Go } from "../parts/Go.tsx"
import { useValue } from "../queries.ts"

/** Dark enough for white words on it, light enough for black ones. */
const COLOUR = { never: "red.9", late: "yellow", current: "teal" } as const

/** Whether somebody outside vouches for the journal: on every screen, leading to the journal. */
export function Witnessing() {
  const { t } = useTranslation()
  const { data } = useValue("journal.witnessing", {})
  if (!data) return null
  return (
    <Tooltip label={t(`journal.witnessing.${data.state}Help`, { at: data.last ? moment(data.last) : "" })} multiline maw={340}>
      <Go to="/journal" underline="never" className="witnessing">
        <Badge color={COLOUR[data.state]} variant={data.state === "current" ? "default" : "filled"} tt="none" autoContrast>
          {t(`journal.witnessing.${data.state}`)}
        </Badge>
      </Go>
    </Tooltip>
  )
}
