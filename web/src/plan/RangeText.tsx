import { useTranslation } from "react-i18next"
import { decimal, signedShare } from "../language/numbers.ts"
import type { Range } from "./answers.ts"

/** Figures of an interval; its middle alone would promise too much. */
export function PeopleRange({ range }: { range: Range | null }) {
  const { t } = useTranslation()
  return <bdi>{range ? t("plans.range", { low: decimal(range.low), high: decimal(range.high) }) : t("plans.chain.blank")}</bdi>
}

export function ChangeRange({ range }: { range: Range }) {
  const { t } = useTranslation()
  return <bdi>{t("plans.change", { low: signedShare(range.low), high: signedShare(range.high) })}</bdi>
}
