import { randomBytes } from "node:crypto"
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** How the command line finds the node that runs on a data folder. Whoever can read it can read the data as well. */
export interface NodeFile {
  url: string
  port: number
  pid: number
  /** The bearer key of this run of the node. */
  key: string
}

const pathOf = (folder: string) => join(folder, "node.json")

export const nodeFile = {
  write(folder: string, node: NodeFile): void {
    const aside = `${pathOf(folder)}.${randomBytes(4).toString("hex")}`
    writeFileSync(aside, JSON.stringify(node), { mode: 0o600, flag: "wx" })
    renameSync(aside, pathOf(folder))
  },
  /** Removes the file if it is still this node's. */
  remove(folder: string, key: string): void {
    if (readNodeFile(folder)?.key === key) rmSync(pathOf(folder), { force: true })
  },
}

/** What the data folder says of its node; null when there is none, or when the file is one that others could have written or read. */
export function readNodeFile(folder: string): NodeFile | null {
  try {
    const path = pathOf(folder)
    if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) return null
    const node = JSON.parse(readFileSync(path, "utf8")) as Partial<NodeFile>
    return typeof node.url === "string" && typeof node.key === "string" && typeof node.pid === "number" && typeof node.port === "number"
      ? (node as NodeFile)
      : null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null
    throw error
  }
}
