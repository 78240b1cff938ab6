import { Code, Stack, Text } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { ErasureStub } from "./answers.ts"
import { Counts } from "./PreviewFacts.tsx"

/** What is left of something erased, and the proof. */
export function StubScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { erasure = "" } = useParams({ strict: false })
  const orders = useValue("retention.erasures", { investigation })
  const order = orders.data?.find((o) => o.id === erasure)
  const begun = order !== undefined && order.parts.length > 0
  const stub = useValue("retention.stub", { investigation, erasure }, { enabled: begun })
  return (
    <Stack gap="md" className="narrow">
      <Go to="/i/$investigation/retention" params={{ investigation }} size="sm">
        {t("retention.back")}
      </Go>
      <ScreenHead title={t("retention.stub")} lead={t("retention.stubLead")} />
      {(orders.isFetching || stub.isFetching) && <Working />}
      {orders.error && <FailureNote failure={orders.error} again={() => void orders.refetch()} />}
      {stub.error && <FailureNote failure={stub.error} again={() => void stub.refetch()} />}
      {order && (
        <Facts
          facts={[
            [t("retention.order"), <Identifier key="id">{order.id}</Identifier>],
            [t("retention.what"), t(`retention.kinds.${order.kind}`)],
            [t("retention.state"), t(`retention.orderStates.${order.state}`)],
            [t("retention.ground"), <Quoted key="g">{order.ground}</Quoted>],
            [t("retention.whyErase"), <Quoted key="r">{order.reason}</Quoted>],
            [t("retention.proposedBy"), <bdi key="p">{`${order.proposedBy} · ${moment(order.proposedAt)}`}</bdi>],
            [
              t("retention.orderedBy"),
              order.orderedBy && order.orderedAt && <bdi>{`${order.orderedBy} · ${moment(order.orderedAt)}`}</bdi>,
            ],
            [t("retention.doneAt"), order.doneAt && <bdi>{moment(order.doneAt)}</bdi>],
          ]}
        />
      )}
      {stub.data && <Left stub={stub.data} />}
    </Stack>
  )
}

function Left({ stub }: { stub: ErasureStub }) {
  const { t } = useTranslation()
  const { proof } = stub
  const [tree, n] = proof?.entry.split(":") ?? []
  return (
    <>
      <Section title={t("retention.left")} help={t("retention.leftHelp")}>
        <Facts
          facts={[
            [t("retention.rowsGo"), whole(stub.records.count)],
            [t("retention.byKind"), Object.keys(stub.lost).length > 0 && <Counts counts={strip(stub.lost)} />],
            [t("retention.altered"), Object.keys(stub.altered).length > 0 && <Counts counts={strip(stub.altered)} />],
            [t("retention.restricted"), stub.restricted.length > 0 && whole(stub.restricted.length)],
            [t("retention.rowsHash"), <Code key="h">{stub.records.sha256}</Code>],
            [t("retention.stubHash"), <Code key="s">{stub.stubSha256}</Code>],
          ]}
        />
        <ul className="claims">
          {stub.exhibits.map((e) => (
            <li key={e.id}>
              <Identifier>{e.id}</Identifier> · {t("retention.bytes", { count: e.sizeBytes })}
              <br />
              <Code>{e.sha256}</Code>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("retention.proof")} help={t("retention.proofHelp")}>
        {!proof && <Text size="sm">{t("retention.proofNone")}</Text>}
        {proof && (
          <>
            <Go to="/journal/$tree/$n" params={{ tree: tree!, n: n! }}>
              <Identifier>{proof.entry}</Identifier>
            </Go>
            <Facts
              facts={[
                [t("retention.leafHash"), <Code key="l">{proof.leafHash}</Code>],
                [t("retention.treeSize"), whole(proof.size)],
                [t("retention.root"), <Code key="r">{proof.root}</Code>],
              ]}
            />
            <Code block dir="ltr">
              {proof.checkpoint}
            </Code>
          </>
        )}
      </Section>
    </>
  )
}

const strip = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([dataset, n]) => [dataset.replace(/^record-/, ""), n]))
