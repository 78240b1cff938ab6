import { Button, Collapse, NativeSelect, Stack, Table, Text, Textarea, TextInput, Title } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { moment } from "../language/numbers.ts"
import type { Grading } from "../markings/answers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { forget } from "../queries.ts"

const SCHEMES = ["3x5x2", "5x5x5", "4x4", "admiralty"]

interface GradingsProps {
  gradings: readonly Grading[]
  item: string
  investigation: string
}

/** Every grade that the item was given, oldest first, with what another scheme would nearly say; and a form for the next. */
export function Gradings({ gradings, item, investigation }: GradingsProps) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  return (
    <section>
      <Title order={2} size="h5" mb={4}>
        {t("gradings.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("gradings.help")}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("gradings.grade")}</Table.Th>
            <Table.Th>{t("gradings.means")}</Table.Th>
            <Table.Th>{t("gradings.by")}</Table.Th>
            <Table.Th>{t("gradings.reason")}</Table.Th>
            <Table.Th>{t("gradings.europol")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {gradings.map((g, i) => (
            <Table.Tr key={g.at + g.code} fw={i === gradings.length - 1 ? 600 : undefined}>
              <Table.Td>
                <Identifier>{`${g.code} (${g.scheme})`}</Identifier>
              </Table.Td>
              <Table.Td>
                <NodeSays>{g.words}</NodeSays>
              </Table.Td>
              <Table.Td>
                {g.grader ? <Identifier>{g.grader}</Identifier> : t("gradings.asItCame")} · {moment(g.at)}
              </Table.Td>
              <Table.Td>{g.reason && <Quoted>{g.reason}</Quoted>}</Table.Td>
              <Table.Td>{g.europol && <Hint hint={g.europol} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Button size="xs" variant="default" mt="xs" onClick={toggle} aria-expanded={shown}>
        {t("gradings.anew")}
      </Button>
      <Collapse expanded={shown}>
        <RegradeForm item={item} investigation={investigation} onDone={toggle} />
      </Collapse>
    </section>
  )
}

function Hint({ hint }: { hint: NonNullable<Grading["europol"]> }) {
  const { t } = useTranslation()
  return (
    <>
      {hint.code ? <Identifier>{hint.code}</Identifier> : t("gradings.noTwin")}{" "}
      <Text span size="xs" c="dimmed">
        {t("gradings.hintAsOf", { date: hint.asOf })} {hint.losses.length > 0 && <NodeSays>{hint.losses.join("; ")}</NodeSays>}
      </Text>
    </>
  )
}

function RegradeForm({ item, investigation, onDone }: { item: string; investigation: string; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [scheme, setScheme] = useState(SCHEMES[0]!)
  const [code, setCode] = useState("")
  const [reason, setReason] = useState("")
  const grade = useMutation<Grading[], ApiFailure>({
    mutationFn: () => ask("evidence.regrade", { investigation, item, scheme, code, reason }),
    onSuccess: () => {
      onDone()
      return forget(client)
    },
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    grade.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={520} mt="xs">
        <NativeSelect label={t("gradings.scheme")} value={scheme} onChange={(e) => setScheme(e.currentTarget.value)} data={SCHEMES} />
        <TextInput label={t("gradings.code")} dir="ltr" value={code} onChange={(e) => setCode(e.currentTarget.value)} maxLength={6} />
        <Textarea label={t("gradings.reason")} autosize minRows={2} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        {grade.error && <FailureNote failure={grade.error} />}
        <Button type="submit" loading={grade.isPending} disabled={code.trim().length < 2 || reason.trim().length < 10}>
          {t("gradings.sign")}
        </Button>
      </Stack>
    </form>
  )
}
