import { Alert, Button, Code, Stack, Text } from "@mantine/core"
import { IconCheck, IconX } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { moment, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted, Towards } from "../parts/Isolated.tsx"
import { JsonTree } from "../parts/JsonTree.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { JournalEntry } from "./answers.ts"
import { KindWord } from "./JournalScreen.tsx"
import { signedRoot, workOut } from "./proof.ts"
import { save } from "./save.ts"
import { treeIn } from "./sought.ts"

/** One entry, what was asked, and the proof that it stands in the journal. */
export function EntryScreen() {
  const { t } = useTranslation()
  const params = useParams({ from: "/journal/$tree/$n" })
  const tree = treeIn(params.tree)
  const { data, error, isFetching, refetch } = useValue("journal.entry", { tree, n: Number(params.n) })
  return (
    <Stack gap="md" className="narrow">
      <Go to="/journal" search={{ tree }} size="sm">
        {t("journal.back")}
      </Go>
      <ScreenHead
        title={t("journal.entry", { n: whole(Number(params.n)), tree: t(`journal.trees.${tree}`) })}
        lead={t("journal.entryLead")}
      />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Written entry={data} />
          <Proof entry={data} />
        </>
      )}
    </Stack>
  )
}

function Written({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts
        facts={[
          [t("journal.at"), <bdi key="at">{moment(entry.at, true)}</bdi>],
          [t("journal.kind"), <KindWord key="kind" kind={entry.kind} />],
          [t("journal.who"), <Identifier key="who">{entry.actor}</Identifier>],
          [t("journal.what"), entry.procedure && <Identifier>{entry.procedure}</Identifier>],
          [t("journal.concerning"), entry.investigation && <Quoted>{entry.investigation}</Quoted>],
          [t("journal.why"), entry.ground ? <Quoted key="ground">{entry.ground}</Quoted> : t("journal.whyNone")],
          [t("journal.purpose"), entry.purpose && <Quoted>{entry.purpose}</Quoted>],
          [t("journal.recipients"), entry.recipients.length > 0 && <Quoted>{entry.recipients.join(", ")}</Quoted>],
        ]}
      />
      <Section title={t("journal.payload")}>
        {entry.payloadState === "kept" && <JsonTree value={entry.payload} open={3} />}
        {entry.payloadState === "erased" && <Text size="sm">{t("journal.payloadErased")}</Text>}
        {entry.payloadState === "none" && <Text size="sm">{t("journal.payloadNone")}</Text>}
      </Section>
    </>
  )
}

function Proof({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation()
  const { data: worked } = useQuery({ queryKey: ["worked", entry.tree, entry.n, entry.proof.text], queryFn: () => workOut(entry) })
  const { proof } = entry
  return (
    <Section title={t("journal.proof")} help={t("journal.proofHelp", { count: proof.path.length, size: whole(proof.size) })}>
      {!worked && <Text size="sm">{t("journal.checking")}</Text>}
      {worked && (
        <>
          <ol className="proof">
            <li>
              {t("journal.stepLeaf")} <Hash>{worked.leaf}</Hash>
            </li>
            {worked.steps.map((step) => (
              <li key={step.result}>
                {t(step.side === "left" ? "journal.stepLeft" : "journal.stepRight")} <Hash>{step.given}</Hash>
                <Towards />
                <Hash>{step.result}</Hash>
              </li>
            ))}
          </ol>
          <Alert
            color={worked.holds ? "teal" : "red"}
            variant="light"
            icon={worked.holds ? <IconCheck aria-hidden /> : <IconX aria-hidden />}
            role={worked.holds ? "status" : "alert"}
          >
            {t(worked.holds ? "journal.stepRoot" : "journal.stepWrong")}
          </Alert>
        </>
      )}
      <Facts facts={[[t("journal.root"), <Identifier key="root">{signedRoot(proof.checkpoint)}</Identifier>]]} />
      <details>
        <summary>{t("journal.leafText")}</summary>
        <Code block dir="ltr">
          {entry.leaf}
        </Code>
      </details>
      <details>
        <summary>{t("journal.checkpoint")}</summary>
        <Code block dir="ltr">
          {proof.checkpoint}
        </Code>
      </details>
      <div>
        <Button size="xs" variant="default" onClick={() => save(`${entry.tree}-${entry.n}.tlog-proof`, new Blob([proof.text]))}>
          {t("journal.saveProof")}
        </Button>
      </div>
    </Section>
  )
}

/** The first characters tell hashes apart for the eye; the whole is in the title. */
const Hash = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="mono" title={children}>
    {children.slice(0, 16)}…
  </bdi>
)
