import { Alert, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Quoted } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import type { Colleague } from "./answers.ts"
import { useDecision } from "./decide.ts"
import { ReasonForm } from "./ReasonForm.tsx"
import { authorityWord, CLEARANCES, NODE_ROLES } from "./words.ts"

/** One person: roles on the node, clearance, leaving. Each with its reason. */
export function ColleagueForms({ person, onDone }: { person: Colleague; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Section title={<Quoted>{person.name}</Quoted>}>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
        <RoleForm person={person} />
        <ClearanceForm person={person} />
        <Leave person={person} onDone={onDone} />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t("authority.people.keepsRows")}
      </Text>
    </Section>
  )
}

function RoleForm({ person }: { person: Colleague }) {
  const { t } = useTranslation()
  const [role, setRole] = useState<string>(NODE_ROLES[0])
  const grant = useDecision("roles.grant")
  const end = useDecision("roles.end")
  const held = person.roles.includes(role)
  const waits = grant.answer?.state === "waits" || end.answer?.state === "waits"
  return (
    <Stack gap="xs">
      <ReasonForm
        verbs={[
          held
            ? { label: t("authority.people.endRole"), color: "red", run: (reason) => end.decide({ person: person.id, role, reason }) }
            : { label: t("authority.people.giveRole"), run: (reason) => grant.decide({ person: person.id, role, reason }) },
        ]}
        running={grant.running || end.running}
        failure={held ? end.failure : grant.failure}
        help={t("authority.people.fourEyes")}
      >
        <NativeSelect
          label={t("authority.people.role")}
          value={role}
          onChange={(e) => setRole(e.currentTarget.value)}
          data={NODE_ROLES.map((value) => ({ value, label: authorityWord("roles", value) }))}
          maw={360}
        />
      </ReasonForm>
      {waits && (
        <Alert color="yellow" variant="light" role="status">
          {t("authority.people.waits")}
        </Alert>
      )}
    </Stack>
  )
}

function ClearanceForm({ person }: { person: Colleague }) {
  const { t } = useTranslation()
  const [clearance, setClearance] = useState(person.clearance)
  const [reference, setReference] = useState("")
  const clear = useDecision("people.clear")
  return (
    <ReasonForm
      verbs={[
        {
          label: t("authority.people.setClearance"),
          run: (reason) => clear.decide({ person: person.id, clearance, reason, reference }),
        },
      ]}
      running={clear.running}
      failure={clear.failure}
    >
      <Group grow maw={560}>
        <NativeSelect
          label={t("authority.people.clearance")}
          value={clearance}
          onChange={(e) => setClearance(e.currentTarget.value)}
          data={[...CLEARANCES]}
        />
        <TextInput
          label={t("authority.people.reference")}
          value={reference}
          onChange={(e) => setReference(e.currentTarget.value)}
          dir="auto"
        />
      </Group>
    </ReasonForm>
  )
}

function Leave({ person, onDone }: { person: Colleague; onDone: () => void }) {
  const { t } = useTranslation()
  const leave = useDecision("people.leave", onDone)
  return (
    <ReasonForm
      verbs={[{ label: t("authority.people.leave"), color: "red", run: (reason) => leave.decide({ person: person.id, reason }) }]}
      running={leave.running}
      failure={leave.failure}
      help={t("authority.people.leaveHelp")}
    />
  )
}
