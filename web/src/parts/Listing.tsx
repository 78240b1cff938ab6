import { Table, Text } from "@mantine/core"
import type { ReactNode } from "react"
import type { ApiFailure } from "../api.ts"
import { FailureNote } from "./FailureNote.tsx"
import { Working } from "./Working.tsx"

/** What a question to the node has come to. */
interface Asked<R> {
  data: readonly R[] | undefined
  error: ApiFailure | null
  isFetching: boolean
  refetch: () => unknown
}

interface Column<R> {
  /** Nothing above the one column of buttons. */
  head?: string
  cell: (row: R) => ReactNode
  /** Dates and numbers stay on one line. */
  nowrap?: boolean
}

interface ListingProps<R> {
  asked: Asked<R>
  /** What is said of an empty list. */
  none: string
  columns: readonly Column<R>[]
  idOf: (row: R) => string
  /** Pixels below which the list scrolls by itself. */
  minWidth?: number
}

/** A list of rows in words: being asked for, failed, empty, or a table. */
export function Listing<R>({ asked, none, columns, idOf, minWidth = 640 }: ListingProps<R>) {
  const { data, error, isFetching, refetch } = asked
  return (
    <>
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text size="sm">{none}</Text>}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={minWidth} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                {columns.map(({ head }) => (head === undefined ? <Table.Td key="" /> : <Table.Th key={head}>{head}</Table.Th>))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((row) => (
                <Table.Tr key={idOf(row)}>
                  {columns.map(({ head, cell, nowrap }) => (
                    <Table.Td key={head ?? ""} {...(nowrap ? { className: "nowrap" } : {})}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  )
}
