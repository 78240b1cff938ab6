import { Badge, Group } from "@mantine/core"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"

/** Records by kind, most first. */
export function KindCounts({ read }: { read: Record<string, number> }) {
  const kinds = Object.entries(read).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return (
    <Group gap={4}>
      {kinds.map(([kind, n]) => (
        <Badge key={kind} variant="default" size="sm" radius="sm" tt="none" fw={500}>
          {wordOf("kinds", kind)} {whole(n)}
        </Badge>
      ))}
    </Group>
  )
}

export const sum = (of: Record<string, number>): number => Object.values(of).reduce((a, b) => a + b, 0)
