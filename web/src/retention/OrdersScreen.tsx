import { Alert, Badge, Button, Group, Stack, Text, Textarea } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useJobResult, useValue } from "../queries.ts"
import type { ErasureOrder } from "./answers.ts"
import { PreviewFacts } from "./PreviewFacts.tsx"

/** The second person: sees what a proposal would take over all holdings, in counts alone, and orders it. */
export function OrdersScreen() {
  const { t } = useTranslation()
  const { data, error, isFetching, refetch } = useValue("retention.orders", {})
  return (
    <Stack gap="lg" className="narrow">
      <ScreenHead title={t("retention.orders")} lead={t("retention.ordersLead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && data.length === 0 && <Text>{t("retention.ordersNone")}</Text>}
      {data?.map((o) => (
        <Section
          key={o.id}
          title={
            <>
              {t(`retention.kinds.${o.kind}`)} · <Identifier>{o.id}</Identifier>{" "}
              <Badge color={o.state === "proposed" ? "red" : o.state === "ordered" ? "orange" : "gray"} variant="light" tt="none">
                {t(`retention.orderStates.${o.state}`)}
              </Badge>
            </>
          }
        >
          <Facts
            facts={[
              [t("retention.investigation"), <Identifier key="i">{o.investigation}</Identifier>],
              [t("retention.ground"), <Quoted key="g">{o.ground}</Quoted>],
              [t("retention.whyErase"), <Quoted key="r">{o.reason}</Quoted>],
              [t("retention.proposedBy"), <bdi key="p">{`${o.proposedBy} · ${moment(o.proposedAt)}`}</bdi>],
              [t("retention.orderedBy"), o.orderedBy && o.orderedAt && <bdi>{`${o.orderedBy} · ${moment(o.orderedAt)}`}</bdi>],
              [t("retention.doneAt"), o.doneAt && <bdi>{moment(o.doneAt)}</bdi>],
              [t("retention.uncleaned"), o.left.length > 0 && <NodeSays>{o.left.join("; ")}</NodeSays>],
            ]}
          />
          {(o.state === "proposed" || o.state === "ordered") && <Decide order={o} />}
        </Section>
      ))}
    </Stack>
  )
}

function Decide({ order }: { order: ErasureOrder }) {
  const { t } = useTranslation()
  const [looked, setLooked] = useState(false)
  const [reason, setReason] = useState("")
  const preview = useJobResult("retention.order-preview", { erasure: order.id }, { enabled: looked && order.state === "proposed" })
  const act = useAct("retention.erase")
  const digest = preview.data?.digest ?? (order.state === "ordered" ? "begun" : undefined)
  return (
    <Stack gap="xs" maw={640}>
      {order.state === "proposed" && (
        <Group>
          <Button variant="default" onClick={() => setLooked(true)}>
            {t("retention.preview")}
          </Button>
        </Group>
      )}
      {order.state === "ordered" && <Text size="sm">{t("retention.brokenOff")}</Text>}
      {preview.isFetching && <Working progress={preview.progress} />}
      {preview.error && <FailureNote failure={preview.error} again={() => void preview.refetch()} />}
      {preview.data && <PreviewFacts preview={preview.data} />}
      {digest && (
        <>
          <Textarea
            label={t("retention.orderReason")}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
            autosize
            minRows={2}
            dir="auto"
          />
          <Alert color="red" variant="light">
            {t("retention.final")}
          </Alert>
          {act.failure && <FailureNote failure={act.failure} />}
          {act.running && <Working progress={act.progress} />}
          <Group>
            <Button
              color="red"
              loading={act.running}
              disabled={reason.trim().length < 10}
              onClick={() => void act.run({ erasure: order.id, digest, reason })}
            >
              {t("retention.orderIt")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}
