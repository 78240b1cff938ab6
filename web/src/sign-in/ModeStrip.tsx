import { Select } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { wordOf } from "../language/words.ts"
import { lookAs, startAnew, usePresence } from "./presence.ts"

/** On a node without sign-in, on every page: that nobody is asked who he is. In the demonstration: as whom the visitor looks. */
export function ModeStrip() {
  const { t } = useTranslation()
  const { data } = usePresence()
  const [going, setGoing] = useState(false)
  if (data?.signIn !== "local" || data.person) return null
  const choose = async (person: string | null) => {
    setGoing(true)
    await lookAs(person === "" ? null : person).catch(() => undefined)
    startAnew("/")
  }
  return (
    <aside className="mode-strip" aria-label={t("mode.label")} data-looking={data.looksAs !== null}>
      <span>{t(data.demo ? (data.looksAs === null ? "mode.demo" : "mode.looking") : "mode.local")}</span>
      {data.demo && data.invented.length > 0 && (
        <Select
          size="xs"
          aria-label={t("mode.lookAs")}
          value={data.looksAs ?? ""}
          disabled={going}
          allowDeselect={false}
          comboboxProps={{ position: "top-end", width: 380 }}
          maxDropdownHeight={420}
          data={[
            { value: "", label: t("mode.everybody") },
            ...data.invented.map((p) => ({
              value: p.id,
              label: `${p.name}, ${p.organisation}: ${p.roles.map((role) => wordOf("roles", role)).join(", ")}`,
            })),
          ]}
          onChange={(person) => void choose(person)}
        />
      )}
    </aside>
  )
}
