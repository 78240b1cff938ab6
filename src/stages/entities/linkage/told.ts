import { type Engine, fill, literal } from "#store"
import type { InForce } from "../identity/state.ts"
import { PROTECTIVE } from "../standing.ts"
import { type ClaimGrade, weightOf } from "../unite.ts"

/**
 * Fragments beside the rows of registers: what one record tells of one party of it. Where a register's row is a mention of its own, these are
 * nobody until linkage or a decision ties one to another, and then come beside the identifiers that their record gives to the party.
 */

/** Which parties of which kinds are told of. Whoever took part in one record with somebody else is never he. */
const TELLING: readonly (readonly [kind: string, parts: readonly string[]])[] = [
  ["document-inspection", ["holder"]],
  ["passenger", ["passenger", "holder"]],
  ["journey-leg", ["passenger"]],
  ["sighting", ["subject", "holder", "owner", "driver", "passenger", "participant"]],
  ["contact", ["contact"]],
  ["account", ["owner", "contact", "account-holder"]],
  ["book-entry", ["payer", "payee"]],
]
/** Of these every party is one, whatever it is called: papers and lists state more than a name. */
const STATING = ["document-inspection", "passenger", "journey-leg", "sighting"]
/** Two words of two letters and more: one word on a card or in a book tells nobody from anybody. */
const TWO_WORDS = "\\p{L}{2,}[^\\p{L}]+\\p{L}{2,}"
/** A party with more identifiers than this is a list, not a person. */
const MOST_IDS = 6

const inList = (values: readonly string[]): string => values.map(literal).join(",")

/**
 * Fills `told` (key, record, party, kind, part, item, event, owner, name, name_fold, at_ms), whom records tell of. Reads
 * `mention` and not `m`: whoever has nothing but a paper without an issuer stands in no valid mention, and is somebody all the same. Needs
 * `origin` and `report_root`.
 */
export async function fillTold(engine: Engine): Promise<void> {
  const parties = TELLING.flatMap(([kind, parts]) => parts.map((part) => `(${literal(kind)}, ${literal(part)})`)).join(", ")
  await engine.exec(`create temp table told as
    with party as (
      select mention.record, mention.party, any_value(mention.kind) as kind, any_value(mention.part) as part, any_value(mention.item) as item,
        any_value(coalesce(report_root.event, origin.event)) as event, bool_or(mention.owner) as owner, any_value(mention.name) as name,
        any_value(mention.name_fold) as name_fold, any_value(mention.at_ms) as at_ms
      from mention join origin using (exhibit) left join report_root using (record)
      where (mention.kind, mention.part) in (${parties}) group by mention.record, mention.party)
    select 'fragment:' || record || ':' || party as key, * from party
    where kind in (${inList(STATING)}) or regexp_matches(name, ${literal(TWO_WORDS)})
      or (kind = 'contact' and record in (select id from contact where f_birthDate is not null or f_organisation is not null or f_pictureSha256 is not null))`)
}

/**
 * Gives every fragment the protection that is said or kept of anything that its record gives to the party, valid or not. Adds to
 * `said_standing` and `guarded`, and fills `told_id` (fragment, type, key, raw, valid): what is given to whom. Needs `told`, and all that is said by key.
 */
export async function protectTold(engine: Engine): Promise<void> {
  await engine.exec(`create temp table told_id as
    select distinct told.key as fragment, g.type, g.key, g.raw, g.valid from mention g join told on told.record = g.record and told.party = g.party`)
  await engine.exec(`insert into said_standing
    select distinct t.fragment, s.standing, s.event, s.from_ms, s.to_ms, s.source, s.record, s.decision
    from told_id t join said_standing s using (key) where s.standing in (${PROTECTIVE})`)
  await engine.exec(`insert into guarded
    select distinct t.fragment, d.person, d.protects from told_id t join guarded d using (key)
    except select key, person, protects from guarded`)
}

/** How a record that tells ties the fragment to what else it gives to the party. */
const TIED: readonly { rule: "own-device" | "one-card" | "one-party"; grade: ClaimGrade; which: string }[] = [
  { rule: "own-device", grade: "firm", which: "t.owner" },
  { rule: "one-card", grade: "slight", which: "not t.owner and t.kind = 'contact'" },
  { rule: "one-party", grade: "fair", which: "not t.owner and t.kind <> 'contact'" },
]

/**
 * Takes those fragments into `ident` that a claim of linkage or a decision names, and ties each to the identifiers of its party in
 * `claim`. `reasons` are the words of the rules; `types` those whose keys a record may join.
 */
export async function addTold(
  engine: Engine,
  decisions: readonly InForce[],
  types: readonly string[],
  reasons: Readonly<Record<(typeof TIED)[number]["rule"], string>>,
): Promise<void> {
  await fill(
    engine,
    "named_fragment",
    [["key", "VARCHAR"]],
    [...new Set(decisions.flatMap((d) => [...d.left, ...d.right]))].filter((k) => k.startsWith("fragment:")).map((k) => [k]),
  )
  await engine.exec(`create temp table joined_told as select * from told where key in (
    select a from claim where rule = 'linkage' union select b from claim where rule = 'linkage' union select key from named_fragment)`)
  await engine.exec("drop table named_fragment")
  await engine.exec("insert into ident select key, 'fragment', 1, 1, 1, at_ms, at_ms from joined_told")
  for (const { rule, grade, which } of TIED)
    await engine.exec(`insert into claim
      with given as (
        select distinct t.key as fragment, t.record, g.key as own, count(distinct g.key) over (partition by t.key) as size
        from joined_told t join told_id g on g.fragment = t.key where ${which} and g.valid and g.type in (${inList(types)}))
      select least(fragment, own), greatest(fragment, own), ${weightOf(grade, 1)}, ${literal(grade)}, ${literal(rule)}, ${literal(reasons[rule])}, 1, to_json([record]), null, null
      from given where size <= ${MOST_IDS}`)
}
