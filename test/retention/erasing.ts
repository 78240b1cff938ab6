import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Caller } from "#access"
import { mountRecords } from "#records"
import { KIND_NAMES } from "#vocabulary/kinds"
import type { TestApp } from "../support/store.ts"

export interface Order {
  id: string
  state: string
  parts: string[]
}

/** Proposed by whoever runs the app, seen and ordered by the officer. */
export async function erased(app: TestApp, officer: Caller, target: object): Promise<Order> {
  const { id, digest } = await proposed(app, officer, target)
  return app.ask<Order>("retention.erase", { erasure: id, digest, reason: "reviewed and agreed" }, officer)
}

export async function proposed(app: TestApp, officer: Caller, target: object): Promise<{ id: string; digest: string }> {
  const { id } = await app.ask<Order>("retention.propose-erasure", {
    ground: "no-longer-needed",
    reason: "not needed for any charge any more",
    ...target,
  })
  const { digest } = await app.ask<{ digest: string }>("retention.order-preview", { erasure: id }, officer)
  return { id, digest }
}

/** Files below the data folder in whose bytes a word stands, as it is or in small letters; originals in the vault are sealed anyway. */
export function filesWith(folder: string, words: readonly string[]): string[] {
  const needles = words.flatMap((w) => [w, w.toLowerCase()])
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((p) => statSync(join(folder, p), { throwIfNoEntry: false })?.isFile())
    .filter((p) => {
      const bytes = readFileSync(join(folder, p))
      return needles.some((n) => bytes.includes(n))
    })
}

/** Files of segments and derived folders, opened as Parquet, in whose cells a word stands. */
export async function tablesWith(app: TestApp, words: readonly string[]): Promise<string[]> {
  const engine = await app.store.engine()
  const found: string[] = []
  try {
    for (const part of ["segments", "derived"])
      for (const name of readdirSync(join(app.ground.folder, part), { recursive: true, encoding: "utf8" })) {
        if (!name.endsWith(".parquet")) continue
        const path = join(app.ground.folder, part, name)
        const any = words.map((w) => `contains(lower(t::varchar), '${w.toLowerCase()}')`).join(" or ")
        const [hit] = await engine.all<{ n: number }>(`select count(*) as n from (select t from read_parquet('${path}') t) where ${any}`)
        if (hit!.n > 0) found.push(name)
      }
  } finally {
    engine.close()
  }
  return found
}

/** Columns of the register, all of text in all tables, in which a word stands. */
export async function columnsWith(app: TestApp, words: readonly string[]): Promise<string[]> {
  const { register } = app.store
  const { rows } = await register.read.query<{ t: string }>(
    "select relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace where relkind = 'r' and n.nspname = current_schema() and has_table_privilege(c.oid, 'select')",
  )
  const found: string[] = []
  for (const { t } of rows) {
    const hits = await register.transaction(
      (tx) =>
        tx.query<{ column: string }>(
          `select distinct c.k as column from "${t}" x, jsonb_each_text(to_jsonb(x)) c(k, v) where lower(c.v) ~ $1`,
          [words.map((w) => w.toLowerCase()).join("|")],
        ),
      "all",
    )
    found.push(...hits.rows.map((h) => `${t}.${h.column}`))
  }
  return found.sort()
}

/** All rows of these exhibits, in and out of scope, as one digest each kind. */
export async function rowsOf(app: TestApp, exhibits: readonly string[]): Promise<Record<string, string>> {
  const classes = (await app.store.register.read.query<{ id: number }>("select id from access_class")).rows.map((r) => r.id)
  const out: Record<string, string> = {}
  for (const scope of ["in", "undecided"] as const) {
    const mounted = await mountRecords(app.store, classes, { scope })
    try {
      for (const kind of [...KIND_NAMES, "mention", "reject"]) {
        const rows = await mounted.engine.all(
          `select * from "${kind}" where exhibit in (${exhibits.map((e) => `'${e}'`).join(",")}) order by all`,
        )
        if (rows.length > 0) out[`${scope} ${kind}`] = `${rows.length} ${createHash("sha256").update(JSON.stringify(rows)).digest("hex")}`
      }
    } finally {
      mounted.close()
    }
  }
  return out
}
