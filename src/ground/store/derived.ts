import { createHash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Failure } from "#vocabulary/failure"
import type { Migration } from "./migrations.ts"
import type { Register, Tx } from "./register.ts"
import { syncFolder } from "./vault.ts"

/**
 * Things that follow from what a sight covers, frozen parameters and the release: kept in folders named by the hash of
 * exactly those, and nowhere else. Can be thrown away at any time.
 */
export interface Derived {
  /**
   * The folder of `name` under `key` (any JSON value); `build` fills it aside when it is not there yet. Whole or absent, never half.
   * `rests` names what it is made of, in words that `forget` is told when that goes; a folder that says nothing goes each time.
   * Throws `conflict.forgotten-meanwhile` when something was forgotten while it was built.
   */
  folder(name: string, key: unknown, build: (folder: string) => Promise<void>, rests?: readonly string[]): Promise<string>
  /** The folder if it exists. */
  find(name: string, key: unknown): Promise<string | null>
  /** The folder of that name that was listed last of those that rest on this word; null when there is none. */
  latest(name: string, rests: string): Promise<string | null>
  /** Removes every folder that rests on one of these, and what is half made; whoever builds meanwhile builds in vain. */
  forget(rests: readonly string[]): Promise<number>
  sweep(): Promise<number>
}

export const derivedMigrations: Migration[] = [
  {
    id: "0004-derived",
    sql: `create table derived (name text not null, key_sha256 text not null, made_at timestamptz not null default now(), primary key (name, key_sha256));
      grant select, insert, delete on derived to linchpin_app;`,
  },
  {
    id: "0702-derived-rests",
    sql: `
      alter table derived add column rests text[];
      create index derived_rests on derived using gin (rests);
      create table derived_head (one boolean primary key default true check (one), forgotten bigint not null);
      insert into derived_head (forgotten) values (0);
      grant select, update on derived_head to linchpin_app;`,
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

const lockFolder = (tx: Tx, name: string, hash: string) =>
  tx.query("select pg_advisory_xact_lock(hashtextextended($1, 4))", [`${name}/${hash}`])

const forgottenMeanwhile = (cause?: unknown): Failure =>
  new Failure("conflict.forgotten-meanwhile", "Something that this rests on may have been erased while it was worked out.", {
    hint: "Ask again: it is worked out from what is there now.",
    cause,
  })

async function forgotten(tx: Tx, lock = ""): Promise<string> {
  return (await tx.query<{ forgotten: string }>(`select forgotten from derived_head ${lock}`)).rows[0]!.forgotten
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
  const removeUnlisted = (name: string, hash: string): Promise<void> =>
    register.transaction(async (tx) => {
      await lockFolder(tx, name, hash)
      const listed = await tx.query("select from derived where name = $1 and key_sha256 = $2", [name, hash])
      if (listed.rowCount === 0) rmSync(join(root, name, hash), { recursive: true, force: true })
    })
  return {
    find: (name, key) => find(name, hashOf(key)),
    folder: async (name, key, build, rests) => {
      const hash = hashOf(key)
      const there = await find(name, hash)
      if (there) return there
      const before = await forgotten(register.read)
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
          await lockFolder(tx, name, hash)
          if ((await forgotten(tx, "for share")) !== before) throw forgottenMeanwhile()
          const listed = await tx.query("select 1 from derived where name = $1 and key_sha256 = $2", [name, hash])
          if (listed.rowCount === 1 && existsSync(folder)) return folder
          rmSync(folder, { recursive: true, force: true })
          renameSync(aside, folder)
          syncFolder(join(root, name))
          await tx.query("insert into derived (name, key_sha256, rests) values ($1, $2, $3) on conflict do nothing", [
            name,
            hash,
            rests ?? null,
          ])
          return folder
        })
      } catch (error) {
        if (error instanceof Failure || (await forgotten(register.read)) === before) throw error
        throw forgottenMeanwhile(error)
      } finally {
        rmSync(aside, { recursive: true, force: true })
      }
    },
    latest: async (name, rests) => {
      const { rows } = await register.read.query<{ key_sha256: string }>(
        "select key_sha256 from derived where name = $1 and rests @> array[$2] order by made_at desc, key_sha256 limit 1",
        [name, rests],
      )
      const folder = rows[0] && join(root, name, rows[0].key_sha256)
      return folder !== undefined && existsSync(folder) ? folder : null
    },
    forget: async (rests) => {
      const { rows } = await register.transaction(async (tx) => {
        await tx.query("update derived_head set forgotten = forgotten + 1")
        return tx.query("delete from derived where rests is null or rests && $1 returning name, key_sha256", [rests])
      })
      for (const name of readdirSync(root)) {
        // What is half made was begun on what was there before: it is never listed.
        if (name.startsWith("aside-")) rmSync(join(root, name), { recursive: true, force: true })
        else for (const hash of readdirSync(join(root, name))) await removeUnlisted(name, hash)
      }
      return rows.length
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
