import { type Engine, quoted } from "#store"
import { numberFragments } from "./fragments.ts"
import { COLUMNS, type Column, SEVERAL_SQL } from "./packed.ts"

const digits = (sql: string) => `regexp_replace(${sql}, '[^0-9]', '', 'g')`
/** A paper's number as registers' rows have it, with its issuer where that is known: a key of a valid mention is `document:ISS:NUMBER`. */
const PAPER = `case when valid then split_part(key, ':', 3) || '@' || split_part(key, ':', 2) else upper(regexp_replace(raw, '[^\\p{L}\\p{N}]', '', 'g')) end`

const severalOf = (type: string, value: string) =>
  `(select fragment, string_agg(distinct v, ${SEVERAL_SQL} order by v) as v
    from (select fragment, ${value} as v from told_id where type = '${type}') where v <> '' group by fragment)`

/** Hashes of a picture that an examiner's measured features state, each with the name of its kind: `photo_dhash:…`. */
const STATED_PICTURES = `array_to_string(list_sort(list_transform(regexp_extract_all(lower(f_features), '"(?:photo|portrait|face)_[a-z0-9]*(?:hash|sha256|md5)" *: *"[0-9a-f]{16,64}"'), lambda x: regexp_replace(x, '[" ]', '', 'g'))), ${SEVERAL_SQL})`
/** What is smaller than this many bytes is a sign that many have. */
const LEAST_PICTURE_BYTES = 1024

/**
 * Where and when somebody was, one entry a record: `T|ms|lat|lon|place` for a moment known to the minute at a place with coordinates,
 * `D|day|what|item` for one sailing, flight or leg on one day as one list has it.
 */
const DAY = "strftime(make_timestamp(at_ms * 1000), '%Y-%m-%d')"
const what = (...columns: string[]) =>
  columns.map((c) => `lower(regexp_replace(coalesce(${c}, ''), '[^\\p{L}\\p{N}]+', ' ', 'g'))`).join(" || '/' || ")
const WHERE_AND_WHEN = `
  select id as record, 'T|' || at_ms || '|' || f_lat || '|' || f_lon || '|' || replace(lower(coalesce(f_placeName, '')), '|', ' ') as v from sighting
    where at_ms is not null and f_lat is not null and f_lon is not null and at_precision in ('minute','second','millisecond')
  union all select id, 'D|' || ${DAY} || '|' || ${what("f_carrier", "f_service")} || '|' || item from passenger
    where at_ms is not null and f_carrier is not null and f_service is not null
  union all select id, 'D|' || ${DAY} || '|' || ${what("f_means", "f_origin", "f_destination")} || '|' || item from "journey-leg"
    where at_ms is not null and f_means is not null and f_origin is not null and f_destination is not null`

const CELLS: Readonly<Record<Column, string>> = {
  given: "null",
  family: "null",
  whole: "nullif(trim(t.name), '')",
  native: "null",
  birth: `nullif(${digits("born.v")}, '')`,
  sex: "null",
  document: "coalesce(doc.v, lists.v)",
  phone: "tel.v",
  email: "mail.v",
  street: "null",
  locality: "null",
  region: "null",
  postcode: "null",
  form: "null",
  employer: "nullif(trim(works.v), '')",
  book: "case when t.kind = 'contact' then t.item end",
  seen: "seen.v",
  photo: "photo.v",
  called: "nullif(trim(t.name), '')",
}

/**
 * Fills `fragment_or_told`: the rows of registers as `fragment` has them, and what is told of the parties in `told`; besides, `told` (the kind of record; null for a
 * row of a register) and `own` (the first identifier that joins by itself). Of one identifier told in the same words several times one stands for all.
 */
export async function fillFragmentsOrTold(engine: Engine): Promise<void> {
  const columns = COLUMNS.map(quoted).join(", ")
  await engine.exec(`create temp table stated as
    with each_told as (
      select t.key, t.record, t.item, t.kind as told, own.v as own, ${COLUMNS.map((c) => `cast(${CELLS[c]} as varchar) as ${quoted(c)}`).join(", ")}
      from told t
      left join (select fragment, min(key) as v from told_id where valid and type in ('phone','email','handle','account','document','alias') group by fragment) own on own.fragment = t.key
      left join ${severalOf("document", PAPER)} doc on doc.fragment = t.key
      left join ${severalOf("phone", digits("raw"))} tel on tel.fragment = t.key
      left join ${severalOf("email", "regexp_extract(lower(raw), '[^\\s<>\"]+@[^\\s<>\"]+')")} mail on mail.fragment = t.key
      left join (select id as record, upper(regexp_replace(f_documentNumber, '[^\\p{L}\\p{N}]', '', 'g')) as v from passenger where f_documentNumber <> '') lists on lists.record = t.record
      left join (select id as record, f_birthDate as v from "document-inspection" union all select id, f_birthDate from passenger union all select id, f_birthDate from contact) born on born.record = t.record
      left join (select id as record, f_organisation as v from contact) works on works.record = t.record
      left join (select record, string_agg(distinct v, ${SEVERAL_SQL} order by v) as v from (${WHERE_AND_WHEN}) group by record) seen on seen.record = t.record
      left join (select id as record, nullif(${STATED_PICTURES}, '') as v from "document-inspection" where f_features is not null
        union all select id, 'photo_sha256:' || f_pictureSha256 from contact where f_pictureBytes >= ${LEAST_PICTURE_BYTES}) photo on photo.record = t.record)
    select * from each_told qualify own is null or row_number() over (partition by own, ${columns} order by key) = 1
    union all select key, record, item, null, null, ${COLUMNS.map((c) => (c === "called" ? "coalesce(given, whole)" : quoted(c))).join(", ")} from fragment`)
  await numberFragments(engine, "fragment_or_told")
}
