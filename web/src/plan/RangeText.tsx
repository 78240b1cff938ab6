import { useTranslation } from "react-i18next"
import { decimal, share } from "../language/numbers.ts"
import type { Range } from "./answers.ts"

/** Figures of an interval; its middle alone would promise too much. */
export function PeopleRange({ range }: { range: Range | null }) {
  const { t } = useTranslation()
  return <bdi>{range ? t("plans.range", { low: decimal(range.low), high: decimal(range.high) }) : t("plans.chain.blank")}</bdi>
}

const signed = (s: number): string => (s > 0 ? `+${share(s)}` : share(s))

export function ChangeRange({ range }: { range: Range }) {
  const { t } = useTranslation()
  return <bdi>{t("plans.change", { low: signed(range.low), high: signed(range.high) })}</bdi>
}
