import {
  ActionIcon,
  Button,
  Popover,
  SegmentedControl,
  Stack,
  Textarea,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core"
import { IconMoon, IconNotes, IconSun } from "@tabler/icons-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { purpose } from "../api.ts"
import { LANGUAGES, type Language, languageNow, speak } from "../language/index.ts"

export function LanguageChoice() {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("choices.language")}
      value={languageNow()}
      onChange={(id) => void speak(id as Language)}
      data={LANGUAGES.map((l) => ({ value: l.id, label: <bdi lang={l.id}>{l.name}</bdi> }))}
    />
  )
}

export function SchemeChoice() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme("light") === "dark"
  const says = dark ? t("choices.light") : t("choices.dark")
  return (
    <Tooltip label={says}>
      <ActionIcon variant="default" size="md" aria-label={says} onClick={() => setColorScheme(dark ? "light" : "dark")}>
        {dark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}

/** Why the user looks: the ground of every journal entry that this window makes. */
export function PurposeChoice() {
  const { t } = useTranslation()
  const [words, setWords] = useState(purpose.get)
  const [shown, setShown] = useState(false)
  const keep = () => {
    purpose.set(words)
    setShown(false)
  }
  return (
    <Popover opened={shown} onChange={setShown} width={340} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconNotes size={14} aria-hidden />}
          onClick={() => setShown(!shown)}
          maw={220}
          className="purpose"
        >
          {purpose.get().trim() === "" ? t("choices.purposeNone") : <bdi>{purpose.get()}</bdi>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Textarea
            label={t("choices.purpose")}
            description={t("choices.purposeHelp")}
            autosize
            minRows={2}
            maxLength={500}
            value={words}
            onChange={(e) => setWords(e.currentTarget.value)}
            data-autofocus
          />
          <Button size="xs" onClick={keep}>
            {t("choices.purposeSave")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
