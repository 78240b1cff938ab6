import { Tooltip, UnstyledButton } from "@mantine/core"
import { Fragment } from "react"
import { useTranslation } from "react-i18next"
import { useItems } from "../investigation.ts"
import { joined } from "./marking.ts"

/** As on paper: parts of a marking are parted by two strokes. */
const BETWEEN = " // "

/** Head of every page: how closely what is shown must be held, joined over everything taken in. */
export function MarkingBanner({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const { data } = useItems(investigation)
  const marking = data ? joined(data.items) : null
  if (!marking)
    return (
      <div className="marking" data-level="none" role="note" aria-label={t("marking.label")}>
        {data ? t("marking.none") : "…"}
      </div>
    )
  const pieces = [
    marking.classification,
    marking.handlingC ? t("marking.handlingC") : "",
    ...marking.codes,
    marking.notInEvidence ? t("marking.notInEvidence") : "",
    marking.conditions.join("; "),
  ].filter(Boolean)
  const more = (
    <>
      <div>{t("marking.from", { count: marking.items })}</div>
      {marking.conditions.length > 0 && (
        <div>
          {t("marking.conditions")}: <bdi>{marking.conditions.join("; ")}</bdi>
        </div>
      )}
      <div>
        {t("marking.originators")}: <bdi>{marking.originators.join(", ")}</bdi>
      </div>
    </>
  )
  return (
    <div className="marking" data-level={marking.classification} role="note" aria-label={t("marking.label")}>
      <Tooltip label={more}>
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
