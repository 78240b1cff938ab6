import { ActionIcon, Button, FileButton, Progress, Text } from "@mantine/core"
import { IconUpload, IconX } from "@tabler/icons-react"
import { type DragEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { share, size } from "../language/numbers.ts"
import { Identifier } from "../parts/Isolated.tsx"
import type { HandedIn, Waiting } from "./handed-in.ts"

/** Where files of the user's own machine are dropped or chosen. All of them are one seized thing. */
export function DropZone({ handedIn, disabled }: { handedIn: HandedIn; disabled: boolean }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const drop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    if (!disabled) handedIn.add(e.dataTransfer.files)
  }
  return (
    <section
      className="drop"
      data-over={over || undefined}
      aria-label={t("intake.upload")}
      onDragOver={(e) => {
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Text size="sm" fw={500}>
        {t("intake.upload")}
      </Text>
      <p className="help">{t("intake.uploadHelp")}</p>
      <div className="drop-choose">
        <IconUpload size={18} aria-hidden />
        <span>{t("intake.uploadDrop")}</span>
        <FileButton multiple onChange={handedIn.add} disabled={disabled} inputProps={{ "aria-label": t("intake.upload") }}>
          {(props) => (
            <Button {...props} size="xs" variant="default" disabled={disabled}>
              {t("intake.uploadChoose")}
            </Button>
          )}
        </FileButton>
      </div>
      {handedIn.files.length > 0 && (
        <ul className="plain drop-files" aria-label={t("intake.uploadList")}>
          {handedIn.files.map((w) => (
            <FileLine key={w.id} waiting={w} onRemove={() => handedIn.remove(w.id)} disabled={disabled} />
          ))}
        </ul>
      )}
    </section>
  )
}

function FileLine({ waiting: { file, sent, staged }, onRemove, disabled }: { waiting: Waiting; onRemove: () => void; disabled: boolean }) {
  const { t } = useTranslation()
  return (
    <li>
      <div className="drop-file">
        <Identifier>{file.name}</Identifier>
        <span className="dim">
          {size(file.size)}, {staged ? t("intake.uploadHandedIn") : sent === null ? t("intake.uploadWaiting") : share(sent)}
        </span>
        <ActionIcon
          size="sm"
          variant="subtle"
          onClick={onRemove}
          disabled={disabled}
          aria-label={t("intake.uploadRemove", { name: file.name })}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
      {sent !== null && !staged && <Progress value={sent * 100} size="sm" aria-label={t("intake.uploadSending", { name: file.name })} />}
      {staged && (
        <div className="hash">
          SHA-256 <Identifier>{staged.sha256}</Identifier>
        </div>
      )}
    </li>
  )
}
