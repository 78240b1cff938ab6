import { Table } from "@mantine/core"
import type { ReactNode } from "react"

export interface Column<Row> {
  name: string
  /** Figures stand at the end of their cell. */
  figure?: boolean
  /** What names the row for whoever hears the table. */
  heads?: boolean
  cell: (row: Row) => ReactNode
}

interface Props<Row> {
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
  columns: readonly Column<Row>[]
  /** Pixels below which the table scrolls sideways. */
  minWidth: number
}

/** A table of rows that say the same things. */
export function Columns<Row>({ rows, keyOf, columns, minWidth }: Props<Row>) {
  const side = ({ figure }: Column<Row>) => (figure ? { ta: "end" as const } : {})
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((c) => (
              <Table.Th key={c.name} {...side(c)}>
                {c.name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map((c) =>
                c.heads ? (
                  <Table.Th key={c.name} scope="row" {...side(c)}>
                    {c.cell(row)}
                  </Table.Th>
                ) : (
                  <Table.Td key={c.name} {...side(c)}>
                    {c.cell(row)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
