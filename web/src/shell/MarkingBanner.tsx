import { Tooltip, UnstyledButton } from "@mantine/core"
import { Fragment } from "react"
import { useTranslation } from "react-i18next"
import { conditionText } from "#vocabulary/marking-join"
import { useShownMark } from "./shown-mark.ts"

/** As on paper: parts of a marking are parted by two strokes. */
const BETWEEN = " // "

/** Head of every page: how closely what is shown must be held, joined over all answers that stand on it. */
export function MarkingBanner() {
  const { t } = useTranslation()
  const mark = useShownMark()
  if (!mark)
    return (
      <div className="marking" data-level="none" role="note" aria-label={t("marking.label")}>
        {t("marking.none")}
      </div>
    )
  const { marking, withheld } = mark
  const tier = marking.classification === "OFFICIAL" && marking.sensitive ? "OFFICIAL-SENSITIVE" : marking.classification
  const nobody = marking.audience?.length === 0 || marking.purposes?.length === 0
  const pieces = [
    tier,
    marking.tlp === null ? "" : `TLP:${marking.tlp}`,
    marking.sharing === "C" ? t("marking.handlingC") : "",
    ...marking.codes,
    ...marking.conditions.map((c) => (c === "not-in-evidence" ? t("marking.notInEvidence") : conditionText(c))),
    marking.audience === null || nobody ? "" : `${t("marking.audience")}: ${marking.audience.join(", ")}`,
    nobody ? t("marking.nobody") : "",
  ].filter(Boolean)
  const more = (
    <>
      <div>{t("marking.joined")}</div>
      <div>
        {t("marking.originators")}: <bdi>{marking.originators.join(", ")}</bdi>
      </div>
      {withheld.map((w) => (
        <div key={w}>
          {t("marking.withheld")}: <bdi>{w}</bdi>
        </div>
      ))}
    </>
  )
  return (
    <div className="marking" data-level={tier} role="note" aria-label={t("marking.label")}>
      <Tooltip label={more} multiline>
        <UnstyledButton className="marking-line">
          {pieces.map((piece, i) => (
            <Fragment key={piece}>
              {i > 0 && <span aria-hidden>{BETWEEN}</span>}
              <bdi>{piece}</bdi>
            </Fragment>
          ))}
        </UnstyledButton>
      </Tooltip>
    </div>
  )
}
