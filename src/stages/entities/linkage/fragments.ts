import { type Engine, quoted } from "#store"
import { COLUMNS, type Column, SEVERAL_SQL } from "./packed.ts"

const NOTHING = "cast(null as varchar)"
/** What stands for nothing. */
const blank = (sql: string) => `nullif(trim(${sql}), '')`
const joined = (...columns: string[]) => `nullif(concat_ws(' ', ${columns.map((c) => blank(c)).join(", ")}), '')`

/**
 * Cells of a person record. Names in one piece are only taken where given and family name do not stand apart. Countries, nationalities and
 * peoples are features of nothing and are not read.
 */
const OF_PERSON: Readonly<Record<Exclude<Column, "document" | "phone" | "email">, string>> = {
  given: joined("f_givenName", "f_middleName"),
  family: blank("f_familyName"),
  whole: `case when ${blank("f_givenName")} is null or ${blank("f_familyName")} is null then ${blank("f_fullName")} end`,
  native: blank("f_nativeName"),
  // Digits, year first; what could not be read as a day keeps its digits.
  birth: "nullif(regexp_replace(coalesce(f_birthDate, ''), '[^0-9]', '', 'g'), '')",
  sex: blank("f_sex"),
  street: joined("f_houseNumber", "f_street", "f_addressLine", "f_address"),
  locality: blank("f_locality"),
  region: blank("f_region"),
  postcode: blank("f_postcode"),
  form: `lower(${blank("f_form")})`,
  employer: blank("f_employer"),
  book: NOTHING,
  seen: NOTHING,
  photo: NOTHING,
  called: NOTHING,
}

/** Identifiers that records give to the person, of one type; several in one cell. */
const severalOf = (type: string, value: string) =>
  `(select record, string_agg(distinct v, ${SEVERAL_SQL} order by v) as v from (select record, ${value} as v from given_id where type = '${type}') where v is not null and v <> '' group by record)`

/**
 * Fills `fragment`: what each person record states of the person, numbered by what it says, so that the same fragments have the same
 * numbers in any order of intake. `key` is the fragment's key in resolution.
 */
export async function fillFragments(engine: Engine): Promise<void> {
  const cells: Record<Column, string> = {
    ...OF_PERSON,
    document: "doc.v",
    phone: "tel.v",
    email: "mail.v",
  }
  await engine.exec(`create temp table given_id as
    select record, g.type, g.raw, g.issuer from (
      select record, unnest(party.ids) as g from (select id as record, unnest(from_json(parties, '[{"ids":[{"type":"VARCHAR","raw":"VARCHAR","issuer":"VARCHAR"}]}]')) as party from person))`)
  await engine.exec(`create temp table stated as select 'fragment:' || p.id || ':0' as key, p.id as record, p.item,
      ${COLUMNS.map((c) => `${cells[c]} as ${quoted(c)}`).join(", ")}
    from person p
    left join ${severalOf("document", "upper(regexp_replace(raw, '[^\\p{L}\\p{N}]', '', 'g')) || coalesce('@' || issuer, '')")} doc on doc.record = p.id
    left join ${severalOf("phone", "regexp_replace(raw, '[^0-9]', '', 'g')")} tel on tel.record = p.id
    left join ${severalOf("email", "regexp_extract(lower(raw), '[^\\s<>\"]+@[^\\s<>\"]+')")} mail on mail.record = p.id`)
  await engine.exec("drop table given_id")
  await numberFragments(engine)
}

/** Fills `fragment`, or a table of another name, from `stated` (key, record, item and COLUMNS, or more) and drops that. */
export async function numberFragments(engine: Engine, into = "fragment"): Promise<void> {
  await engine.exec(
    `create temp table ${into} as select (row_number() over (order by ${COLUMNS.map(quoted).join(", ")}, key) - 1)::integer as i, * from stated`,
  )
  await engine.exec("drop table stated")
}
