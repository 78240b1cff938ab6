/** Writes the declared schema anew from the migrations: run after adding one (`node src/shells/app/describe-schema.ts`). */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describeSchema, openStore } from "#store"
import { MIGRATIONS, SCHEMA_FILE } from "./compose.ts"

const folder = mkdtempSync(join(tmpdir(), "linchpin-schema-"))
const store = await openStore({ folder, migrations: MIGRATIONS })
try {
  writeFileSync(SCHEMA_FILE, `${JSON.stringify(await store.register.transaction(describeSchema), null, 1)}\n`)
} finally {
  await store.close()
  rmSync(folder, { recursive: true })
}
