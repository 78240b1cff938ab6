import { appendFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openStore } from "#store"
import { MIGRATIONS } from "../../src/shells/app/compose.ts"

/**
 * Makes a register as a first start makes it, once for a run of the tests; `ground` copies it instead of making each anew. What a test
 * writes need not outlast the machine: these registers leave the disk's own time to the system.
 */
export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-template-"))
  const register = join(folder, "register")
  const remove = () => rmSync(folder, { recursive: true, force: true })
  if (process.env.DATABASE_URL) return remove
  await (await openStore({ folder, migrations: MIGRATIONS })).close()
  appendFileSync(join(register, "postgresql.conf"), "fsync = off\nfull_page_writes = off\n")
  process.env.LINCHPIN_TEST_REGISTER = register
  return remove
}
