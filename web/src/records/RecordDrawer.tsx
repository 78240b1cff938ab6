import { Drawer, Group } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { GoButton } from "../parts/Go.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { useOpenRecord } from "./open.ts"
import { RecordShownView } from "./RecordShownView.tsx"

/** The record that the address names, beside whatever is on screen. */
export function RecordDrawer() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { record, open, close } = useOpenRecord()
  const { data, error, isFetching, refetch } = useValue(
    "records.show",
    { investigation, record: record ?? "" },
    { enabled: record !== undefined },
  )
  return (
    <Drawer
      opened={record !== undefined}
      onClose={close}
      position="right"
      size="xl"
      title={t("records.one")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && record && (
        <>
          <Group justify="flex-end" mb="xs">
            <GoButton
              size="compact-xs"
              variant="default"
              to="/i/$investigation/records/$id"
              params={{ investigation, id: record }}
              search={{}}
            >
              {t("records.fullPage")}
            </GoButton>
          </Group>
          <RecordShownView shown={data} investigation={investigation} onOpen={open} />
        </>
      )}
    </Drawer>
  )
}
