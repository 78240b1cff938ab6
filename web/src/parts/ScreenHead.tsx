import { Stack, Text, Title } from "@mantine/core"
import type { ReactNode } from "react"

/** The name of a screen, one sentence of what it is for, and what may be done there. */
export function ScreenHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="screen-head">
      <Stack gap={2}>
        <Title order={1} size="h3">
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed" maw="80ch">
            {lead}
          </Text>
        )}
      </Stack>
      {children}
    </header>
  )
}
