import { Badge } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Support } from "../types.ts"
import { Identifier } from "./Isolated.tsx"

/** What a statement rests on: how many origins independent of each other, the best single grade, how closely it is held. */
export function SupportLine({ support }: { support: Support }) {
  const { t } = useTranslation()
  return (
    <span className="support">
      <Badge
        component="span"
        size="sm"
        variant={support.origins > 1 ? "light" : "outline"}
        color={support.origins > 1 ? "teal" : "orange"}
        tt="none"
      >
        {t("support.origins", { count: support.origins })}
      </Badge>{" "}
      {support.best && (
        <>
          {t("support.best")} <Identifier>{support.best.replace(":", " ")}</Identifier>{" "}
        </>
      )}
      {support.banner && <bdi className="dim">{support.banner}</bdi>}
    </span>
  )
}
