import { Stack, Text, Title } from "@mantine/core"
import type { ReactNode } from "react"

export function Section({ title, help, children }: { title: ReactNode; help?: ReactNode; children: ReactNode }) {
  return (
    <Stack gap={6} component="section">
      <Title order={2} size="h5">
        {title}
      </Title>
      {help && (
        <Text size="xs" c="dimmed" maw="90ch">
          {help}
        </Text>
      )}
      {children}
    </Stack>
  )
}
