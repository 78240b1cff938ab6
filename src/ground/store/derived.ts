import { createHash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Migration } from "./migrations.ts"
import type { Register } from "./register.ts"
import { syncFolder } from "./vault.ts"

/**
 * Things that follow from what a sight covers, frozen parameters and the release: kept in folders named by the hash of
 * exactly those, and nowhere else. Can be thrown away at any time.
 */
export interface Derived {
  /** The folder of `name` under `key` (any JSON value); `build` fills it aside when it is not there yet. Whole or absent, never half. */
  folder(name: string, key: unknown, build: (folder: string) => Promise<void>): Promise<string>
  /** The folder if it exists. */
  find(name: string, key: unknown): Promise<string | null>
  sweep(): Promise<number>
}

export const derivedMigrations: Migration[] = [
  {
    id: "0004-derived",
    sql: `create table derived (name text not null, key_sha256 text not null, made_at timestamptz not null default now(), primary key (name, key_sha256));
      grant select, insert, delete on derived to linchpin_app;`,
  },
]

/** JSON with sorted keys, so that equal keys have equal hashes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(",")}}`
  return JSON.stringify(value ?? null)
}

export function openDerived(dataFolder: string, register: Register): Derived {
  const root = join(dataFolder, "derived")
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const hashOf = (key: unknown) => createHash("sha256").update(canonical(key)).digest("hex")
  const find = async (name: string, hash: string): Promise<string | null> => {
    const folder = join(root, name, hash)
    if (!existsSync(folder)) return null
    const { rowCount } = await register.read.query("select 1 from derived where name = $1 and key_sha256 = $2", [name, hash])
    return rowCount === 1 ? folder : null
  }
  return {
    find: (name, key) => find(name, hashOf(key)),
    folder: async (name, key, build) => {
      const hash = hashOf(key)
      const there = await find(name, hash)
      if (there) return there
      const aside = join(root, `aside-${randomBytes(8).toString("hex")}`)
      mkdirSync(aside, { recursive: true, mode: 0o700 })
      try {
        await build(aside)
        for (const file of readdirSync(aside)) {
          const handle = openSync(join(aside, file), "r+")
          fsyncSync(handle)
          closeSync(handle)
        }
        const folder = join(root, name, hash)
        mkdirSync(join(root, name), { recursive: true, mode: 0o700 })
        // One maker at a time gives it its place, so that nobody's folder goes away while it is read.
        return await register.transaction(async (tx) => {
          await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 4))", [`${name}/${hash}`])
          const listed = await tx.query("select 1 from derived where name = $1 and key_sha256 = $2", [name, hash])
          if (listed.rowCount === 1 && existsSync(folder)) return folder
          rmSync(folder, { recursive: true, force: true })
          renameSync(aside, folder)
          syncFolder(join(root, name))
          await tx.query("insert into derived (name, key_sha256) values ($1, $2) on conflict do nothing", [name, hash])
          return folder
        })
      } finally {
        rmSync(aside, { recursive: true, force: true })
      }
    },
    sweep: async () => {
      const { rows } = await register.read.query<{ name: string; key_sha256: string }>("select name, key_sha256 from derived")
      const known = new Set(rows.map((r) => `${r.name}/${r.key_sha256}`))
      let swept = 0
      for (const name of readdirSync(root)) {
        if (name.startsWith("aside-")) {
          rmSync(join(root, name), { recursive: true })
          swept++
          continue
        }
        for (const hash of readdirSync(join(root, name)))
          if (!known.has(`${name}/${hash}`)) {
            rmSync(join(root, name, hash), { recursive: true })
            swept++
          }
      }
      return swept
    },
  }
}
