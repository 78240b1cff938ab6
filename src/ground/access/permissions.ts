import type { Migration, Tx } from "#store"
import { type Block, blocks, type Marking as Terms } from "#vocabulary/markings"
import type { Caller } from "./sight.ts"

/** What somebody wants to do with marked material that an originator may have reserved to himself. */
export type Use = "evidence" | "sharing"

/**
 * Permissions of originators, each for one reservation in one investigation. One that was not given by somebody of the originator
 * rests on a sealed document and holds only once a second person of another team has confirmed that the document says so.
 */
export const permissionMigration: Migration = {
  id: "0011-permissions",
  sql: `
    create table marking_permission (
      id text primary key, investigation text not null references investigation, originator text not null, code text not null, condition text,
      use text not null check (use in ('evidence', 'sharing')), reference text not null, reason text not null, document text,
      recorded_by text not null references person, recorded_team text not null, recorded_at timestamptz not null, until timestamptz,
      confirmed_by text references person, confirmed_at timestamptz, withdrawn_by text references person, withdrawn_at timestamptz,
      check (confirmed_by is distinct from recorded_by or document is null));
    create index marking_permission_investigation on marking_permission (investigation);
    grant select, insert, update (confirmed_by, confirmed_at, withdrawn_by, withdrawn_at) on marking_permission to linchpin_app;`,
}

/**
 * Moves all rows of an item from one access class to another, in every table that holds rows of items by class: those of later
 * releases too. Runs with the owner's rights, because nothing else may change a class, and only between classes that its caller sees.
 */
export const remarkMigration: Migration = {
  id: "0012-remark",
  sql: `
    create function linchpin_remark(item_id text, class_from int, class_to int) returns int language plpgsql security definer set search_path = public, pg_temp as $$
    declare held text; moved int := 0; n int;
    begin
      if not (linchpin_sees(class_from) and linchpin_sees(class_to)) then
        raise exception 'a class out of sight is not remarked' using errcode = '42501';
      end if;
      for held in select c.table_name from information_schema.columns c join information_schema.columns i
          on i.table_schema = c.table_schema and i.table_name = c.table_name and i.column_name = 'item'
          where c.table_schema = 'public' and c.column_name = 'access_class' order by c.table_name loop
        execute format('update %I set access_class = $1 where item = $2 and access_class = $3', held) using class_to, item_id, class_from;
        get diagnostics n = row_count;
        moved := moved + n;
      end loop;
      -- Each class has its own row of a seizure event, so that nobody learns of the other items.
      insert into seizure_event (id, investigation, access_class, label, kind, place, lat, lon, at)
        select e.id, e.investigation, class_to, e.label, e.kind, e.place, e.lat, e.lon, e.at from seizure_event e
        join item i on i.seizure_event = e.id and i.access_class = e.access_class where i.id = item_id and i.access_class = class_from
        on conflict do nothing;
      update item set access_class = class_to where id = item_id and access_class = class_from;
      get diagnostics n = row_count;
      delete from seizure_event e where e.access_class = class_from and e.id = (select i.seizure_event from item i where i.id = item_id)
        and not exists (select from item o where o.seizure_event = e.id and o.access_class = class_from);
      return moved + n;
    end $$;
    revoke all on function linchpin_remark from public;
    grant execute on function linchpin_remark to linchpin_app;`,
}

export interface PermissionRow {
  id: string
  investigation: string
  originator: string
  code: string
  condition: string | null
  use: Use
  reference: string
  reason: string
  document: string | null
  recorded_by: string
  recorded_team: string
  recorded_at: Date
  until: Date | null
  confirmed_by: string | null
  confirmed_at: Date | null
  withdrawn_by: string | null
  withdrawn_at: Date | null
}

export async function selectPermissions(tx: Tx, investigations: readonly string[]): Promise<PermissionRow[]> {
  const { rows } = await tx.query<PermissionRow & Record<string, unknown>>(
    "select * from marking_permission where investigation = any ($1) order by recorded_at, id",
    [investigations],
  )
  return rows
}

export async function insertPermission(
  tx: Tx,
  p: Omit<PermissionRow, "withdrawn_by" | "withdrawn_at"> & { confirmed_by: string | null },
): Promise<void> {
  await tx.query(
    `insert into marking_permission (id, investigation, originator, code, condition, use, reference, reason, document, recorded_by, recorded_team,
       recorded_at, until, confirmed_by, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      p.id,
      p.investigation,
      p.originator,
      p.code,
      p.condition,
      p.use,
      p.reference,
      p.reason,
      p.document,
      p.recorded_by,
      p.recorded_team,
      p.recorded_at,
      p.until,
      p.confirmed_by,
      p.confirmed_at,
    ],
  )
}

/** Both give false when there was nothing to do it to: unknown, done already, or withdrawn. */
export async function confirmPermission(tx: Tx, id: string, investigation: string, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update marking_permission set confirmed_by = $3, confirmed_at = $4
     where id = $1 and investigation = $2 and confirmed_at is null and withdrawn_at is null`,
    [id, investigation, by, at],
  )
  return rowCount === 1
}

export async function withdrawPermission(tx: Tx, id: string, investigation: string, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update marking_permission set withdrawn_by = $3, withdrawn_at = $4 where id = $1 and investigation = $2 and withdrawn_at is null",
    [id, investigation, by, at],
  )
  return rowCount === 1
}

/** Whether the caller is of the originator. Material of the node itself is the local organisation's. */
export const isOriginator = (caller: Pick<Caller, "organisation">, originator: string): boolean =>
  originator === caller.organisation || (originator === "this node" && caller.organisation === "local")

export const inForce = (p: PermissionRow, at: number): boolean =>
  p.withdrawn_at === null && p.confirmed_at !== null && (p.until === null || at < p.until.getTime())

/**
 * What still stands in the way of a use of material so marked. A reservation falls only when every originator of the material has
 * permitted it; where none is recorded, nobody can.
 */
export function standingBlocks(terms: Terms, use: Use, permissions: readonly PermissionRow[], at: number): Block[] {
  const permitted = (block: Block, originator: string) =>
    permissions.some(
      (p) =>
        p.use === use &&
        p.originator === originator &&
        p.code === block.code &&
        (block.code !== "condition" || p.condition === block.says) &&
        inForce(p, at),
    )
  return blocks(terms, use).filter((block) => block.ask.length === 0 || !block.ask.every((originator) => permitted(block, originator)))
}
