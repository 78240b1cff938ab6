import { append } from "#journal"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { LOCAL_USER } from "#vocabulary/ids"
import type { Role } from "#vocabulary/roles"
import { setSetting, settingsOf } from "./settings.ts"

/** Somebody of the demonstration: one role, so that a visitor sees what each sees. */
export interface InventedPerson {
  id: string
  name: string
  team: string
  /** Id of his organisation. */
  organisation: string
  role: Role
  /** Whether the role is held in the demonstration's investigation, or on the node. */
  held: "investigation" | "node"
}

export interface InventedOrganisation {
  id: string
  name: string
  /** ISO 3166-1. */
  state: string
  /** Of two security services of one state, which. */
  chain: string | null
}

/** The people of the demonstration as whom a visitor may look; nobody on any other node. */
export async function inventedPeople(tx: Tx): Promise<{ id: string; name: string; organisation: string; roles: Role[] }[]> {
  if (!(await settingsOf(tx)).demo) return []
  const { rows } = await tx.query<{ id: string; name: string; organisation: string; roles: Role[] }>(
    `select p.id, p.name, o.name as organisation,
       coalesce((select array_agg(distinct g.role order by g.role) from role_grant g where g.person = p.id and g.ended_at is null), '{}') as roles
     from invented_person v join person p on p.id = v.person join organisation o on o.id = p.organisation
     where p.left_at is null order by o.name, p.name, p.id`,
  )
  return rows
}

/**
 * Makes a folder the demonstration's for good: nobody will ever sign in there, and the local user may look as each of these. Only a
 * folder that was never anything else becomes one. Null, and nothing is changed, where real people or other investigations are.
 */
export async function makeDemo(
  tx: Tx,
  init: { organisations: readonly InventedOrganisation[]; people: readonly InventedPerson[]; investigation: string; at: number },
): Promise<number | null> {
  const settings = await settingsOf(tx)
  const { rows } = await tx.query<{ people: number; investigations: number }>(
    `select (select count(*)::int from person p where p.id <> $1 and not exists (select from invented_person v where v.person = p.id)) as people,
       (select count(*)::int from investigation where id <> $2) as investigations`,
    [LOCAL_USER, init.investigation],
  )
  const { people, investigations } = rows[0]!
  if (settings.signIn === "persons" || (!settings.demo && (people > 0 || investigations > 0 || settings.provider !== null))) return null
  const at = new Date(init.at)
  for (const o of init.organisations)
    await tx.query("insert into organisation (id, name, state, chain) values ($1, $2, $3, $4) on conflict (id) do nothing", [
      o.id,
      o.name,
      o.state,
      o.chain,
    ])
  for (const p of init.people) {
    await tx.query(
      "insert into person (id, name, organisation, team, clearance, entered_at) values ($1, $2, $3, $4, 'OFFICIAL', $5) on conflict (id) do nothing",
      [p.id, p.name, p.organisation, p.team, at],
    )
    await tx.query("insert into invented_person (person) values ($1) on conflict do nothing", [p.id])
    await tx.query(
      "insert into role_grant (person, investigation, role, granted_by, granted_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
      [p.id, p.held === "node" ? null : init.investigation, p.role, LOCAL_USER, at],
    )
  }
  await setSetting(tx, "mode", "demo")
  return init.people.length
}

/** Notes that the local user looks as somebody invented, or as himself again (null). Throws `refused.look-as` on any other node. */
export async function lookAs(tx: Tx, person: string | null, at: number): Promise<void> {
  if (!(await settingsOf(tx)).demo || (person !== null && !(await inventedPeople(tx)).some((p) => p.id === person)))
    throw new Failure(
      "refused.look-as",
      "Only in the demonstration can somebody look as another, and only as one of its invented people.",
      {
        hint: "Elsewhere people sign in as themselves.",
      },
    )
  await append(tx, { kind: "sign-in", actor: LOCAL_USER, at, payload: { looksAs: person } })
}
