import { createHash } from "node:crypto"
import { Failure } from "#vocabulary/failure"
import { APP_ROLE, type Tx } from "./register.ts"

/** One step of the schema. Steps are only ever added; the text of a step that has run never changes. */
export interface Migration {
  /** Sorts and names: `0001-journal`. */
  id: string
  sql: string
}

const textHash = (sql: string) => createHash("sha256").update(sql).digest("hex")

/**
 * Applies what has not run yet, in the given order, in the caller's transaction with the owner's rights. Throws
 * `conflict.migration-changed` when a step that ran has another text now, or when the register is ahead of this release.
 */
export async function migrate(tx: Tx, migrations: readonly Migration[]): Promise<string[]> {
  await tx.query("select pg_advisory_xact_lock(7205759403)")
  await tx.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
      begin create role ${APP_ROLE} nologin; exception when duplicate_object or unique_violation then null; end;
    end if; end $$`)
  await tx.query(`grant ${APP_ROLE} to current_user`)
  await tx.query(
    "create table if not exists migration (id text primary key, sql_sha256 text not null, applied_at timestamptz not null default now())",
  )
  const applied = new Map(
    (await tx.query<{ id: string; sql_sha256: string }>("select id, sql_sha256 from migration")).rows.map((r) => [r.id, r.sql_sha256]),
  )
  const known = new Set(migrations.map((m) => m.id))
  for (const id of applied.keys())
    if (!known.has(id))
      throw new Failure("conflict.newer-register", `The register holds step ${id}, which this release does not know.`, {
        hint: "Use the release that made it, or a later one.",
      })
  const done: string[] = []
  for (const { id, sql } of migrations) {
    const before = applied.get(id)
    if (before === undefined) {
      await tx.query(sql)
      await tx.query("insert into migration (id, sql_sha256) values ($1, $2)", [id, textHash(sql)])
      done.push(id)
    } else if (before !== textHash(sql)) {
      throw new Failure("conflict.migration-changed", `Step ${id} of the schema was changed after it ran here.`, {
        hint: "Add a new step instead of changing an old one.",
      })
    }
  }
  return done
}

/** The live schema as sorted lines, for comparison with the declared one: tables, columns, constraints, indexes, triggers, policies, grants. */
export async function describeSchema(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ line: string }>(`
    select format('table %s %s rls=%s', n.nspname, c.relname, c.relrowsecurity) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r','p') and n.nspname = current_schema()
    union all select format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attnum > 0 and not a.attisdropped and c.relkind in ('r','p') and n.nspname = current_schema()
    union all select format('constraint %s.%s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and k.contype <> 'n'
    union all select 'index ' || replace(indexdef, schemaname || '.', '') from pg_indexes where schemaname = current_schema()
    union all select format('trigger %s.%s %s', c.relname, t.tgname, replace(pg_get_triggerdef(t.oid), n.nspname || '.', '')) from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname = current_schema()
    union all select format('policy %s.%s %s using %s check %s', tablename, policyname, cmd, qual, with_check) from pg_policies where schemaname = current_schema()
    union all select format('grant %s %s %s', table_name, grantee, string_agg(privilege_type, ',' order by privilege_type))
      from information_schema.role_table_grants where table_schema = current_schema() and grantee = '${APP_ROLE}' group by table_name, grantee
    order by 1`)
  return rows.map((r) => r.line)
}

/** Refuses to start on a schema that is not the declared one. */
export function assertNoDrift(live: readonly string[], declared: readonly string[]): void {
  const [a, b] = [new Set(live), new Set(declared)]
  const wrong = [...live.filter((l) => !b.has(l)).map((l) => `+ ${l}`), ...declared.filter((l) => !a.has(l)).map((l) => `- ${l}`)]
  if (wrong.length > 0)
    throw new Failure(
      "unavailable.schema-drift",
      `The register's schema differs from the declared one in ${wrong.length} places; first: ${wrong[0]}`,
      {
        hint: "Somebody changed the database by hand, or a migration was added without its description (node src/shells/app/describe-schema.ts).",
      },
    )
}
