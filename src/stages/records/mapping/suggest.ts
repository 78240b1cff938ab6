import { likelyEpoch } from "#vocabulary/epochs"
import type { KindName } from "#vocabulary/kinds"
import type { ValueType } from "#vocabulary/values"
import { columnLook, type Look } from "./looks.ts"
import { PROFILES, type Profile } from "./profiles.ts"
import { columnsOfMapping, type PartyMapping, type RecordMapping, type Source, type TableMapping } from "./schema.ts"
import { CONCEPT_OF, type Concept, foldHeader, ROLE_OF, type Role } from "./words.ts"

/** What a column seems to hold. `concept` null = not known; `role` = whose. */
export interface ColumnMeaning {
  column: string
  concept: Concept | null
  role: Role | null
  look: Look
  /** 0..1. */
  confidence: number
  reason: string
}

export interface Suggestion {
  /** Null when no kind reaches the floor: the table is then read as statements. */
  mapping: TableMapping | null
  kind: KindName | null
  /** 0..1 of the best kind, also where it is below the floor. */
  confidence: number
  columns: ColumnMeaning[]
  /** In words, best kind first. */
  reasons: string[]
}

/** Below this a guess does more harm than a table of plain statements, which loses nothing and asks for a mapping. */
export const FLOOR = 0.55

const NUMERIC: readonly Look[] = ["integer", "number", "amount", "coordinate"]
const DATED: readonly Look[] = ["date", "datetime"]
/** Looks that a concept can have; a column that looks otherwise is not what its header says. Concepts not listed take any. */
const FITTING: Partial<Record<Concept, readonly Look[]>> = {
  phone: ["phone", "integer", "imei"],
  email: ["email"],
  iban: ["iban", "word"],
  imei: ["imei", "integer", "phone"],
  imsi: ["integer", "imei", "phone"],
  wallet: ["wallet", "word"],
  date: [...DATED, "integer", "text", "word", "number", "time"],
  datetime: [...DATED, "integer", "text", "time", "number"],
  time: ["time", ...DATED, "integer"],
  birthDate: [...DATED, "integer", "text"],
  origin: ["word", "text"],
  destination: ["word", "text"],
  amount: NUMERIC,
  fee: NUMERIC,
  rate: NUMERIC,
  commission: [...NUMERIC, "word", "text"],
  quantity: NUMERIC,
  weight: NUMERIC,
  powerHp: NUMERIC,
  reach: NUMERIC,
  followers: NUMERIC,
  people: NUMERIC,
  accuracy: NUMERIC,
  altitude: NUMERIC,
  azimuth: NUMERIC,
  lat: NUMERIC,
  lon: NUMERIC,
  duration: [...NUMERIC, "time"],
  url: ["url"],
  profileUrl: ["url", "handle"],
  currency: ["currency", "word"],
}

const BY_LOOK: Partial<Record<Look, Concept>> = {
  email: "email",
  iban: "iban",
  phone: "phone",
  url: "url",
  datetime: "datetime",
  date: "date",
  mrz: "mrz",
  wallet: "wallet",
  imei: "imei",
  handle: "handle",
  currency: "currency",
  amount: "amount",
}

function byWords(label: string): { concept: Concept | null; role: Role | null; confidence: number } {
  const folded = foldHeader(label)
    .replace(/(?<=\p{L}) \d{1,2}$/u, "")
    .replace(/(?<=\p{L})\d$/u, "")
  const concept = CONCEPT_OF.get(folded)
  const role = ROLE_OF.get(folded)
  if (concept !== undefined && concept !== "name") return { concept, role: null, confidence: 1 }
  if (role !== undefined) return { concept: null, role, confidence: 1 }
  if (concept !== undefined) return { concept, role: null, confidence: 1 }
  const words = folded.split(" ")
  for (let cut = words.length - 1; cut > 0; cut--) {
    const head = words.slice(0, cut).join(" ")
    const tail = words.slice(cut).join(" ")
    const front = { role: ROLE_OF.get(head), concept: CONCEPT_OF.get(tail) }
    if (front.role !== undefined && (front.concept === "id" || front.concept === "node"))
      return { concept: null, role: front.role, confidence: 0.9 }
    if (front.role !== undefined && front.concept !== undefined) return { concept: front.concept, role: front.role, confidence: 0.95 }
    const back = { role: ROLE_OF.get(tail), concept: CONCEPT_OF.get(head) }
    if (back.role !== undefined && back.concept !== undefined) return { concept: back.concept, role: back.role, confidence: 0.9 }
  }
  let found: { concept: Concept | null; role: Role | null; length: number } = { concept: null, role: null, length: 0 }
  for (let from = 0; from < words.length; from++)
    for (let to = words.length; to > from; to--) {
      const phrase = words.slice(from, to).join(" ")
      if (phrase.length < 3) continue
      const inner = CONCEPT_OF.get(phrase)
      const whose = ROLE_OF.get(phrase)
      if (inner !== undefined && phrase.length > found.length) found = { ...found, concept: inner, length: phrase.length }
      if (whose !== undefined && whose !== "from" && whose !== "to") found = { ...found, role: whose }
    }
  return { concept: found.concept, role: found.role, confidence: found.concept === null && found.role === null ? 0 : 0.6 }
}

function meaningOf(column: string, cells: readonly string[]): ColumnMeaning {
  const { look, share, filled } = columnLook(cells)
  const words = byWords(column)
  const meaning: ColumnMeaning = {
    column,
    concept: words.concept,
    role: words.role,
    look,
    confidence: words.confidence,
    reason: words.confidence === 0 ? "" : "by its header",
  }
  if (meaning.concept === "time" && DATED.includes(look)) meaning.concept = "datetime"
  if (meaning.concept !== null) {
    const fitting = FITTING[meaning.concept]
    if (filled > 0 && fitting !== undefined && !fitting.includes(look)) {
      if (meaning.role !== null) meaning.concept = null
      else return { ...meaning, concept: null, confidence: 0, reason: `its header says ${meaning.concept}, its values do not` }
    } else if (fitting !== undefined && filled > 0) meaning.reason = "by its header and values"
    return meaning
  }
  const guess = BY_LOOK[look]
  if (meaning.role !== null) {
    if (guess !== undefined && ["phone", "email", "iban", "wallet", "handle"].includes(guess) && share > 0.5)
      return { ...meaning, concept: guess }
    return meaning
  }
  if (guess !== undefined && share >= 0.8 && filled >= 2) return { ...meaning, concept: guess, confidence: 0.45, reason: "by its values" }
  if (
    look === "integer" &&
    share >= 0.9 &&
    filled >= 2 &&
    cells.every((cell) => cell.trim() === "" || (likelyEpoch(Number(cell)) !== null && cell.trim().length >= 10))
  )
    return { ...meaning, concept: "datetime", confidence: 0.35, reason: "by its values: counts of seconds or milliseconds" }
  return meaning
}

const PERSON: readonly Concept[] = [
  "name",
  "givenName",
  "middleName",
  "surname",
  "otherName",
  "phone",
  "email",
  "handle",
  "account",
  "iban",
  "wallet",
  "document",
  "socialNumber",
  "licence",
  "imei",
  "imsi",
  "iccid",
  "alias",
  "node",
  "organisation",
  "displayName",
]
const ID_TYPES: Partial<Record<Concept, ValueType>> = {
  phone: "phone",
  email: "email",
  handle: "handle",
  account: "account",
  iban: "iban",
  wallet: "wallet",
  document: "document",
  socialNumber: "document",
  licence: "document",
  imei: "imei",
  imsi: "imsi",
  iccid: "iccid",
  alias: "alias",
  node: "account",
  otherName: "name",
}
/** Numbers that an office gives and no state's passport: they are compared with their own kind. */
const SERIES: Partial<Record<Concept, string>> = { socialNumber: "social-security", licence: "driving-licence" }
const OUTLETS = new Set(["outlet", "counter-outlet"])

/** A column with a role and no concept: the identity itself, by its look. */
function bareType(kind: KindName, part: string, meaning: ColumnMeaning): ValueType | null {
  if (OUTLETS.has(part)) return "outlet"
  if (meaning.look === "integer" && kind === "transfer") return "account"
  if (kind === "book-entry" && meaning.look === "word") return "alias"
  if (meaning.look === "integer" || meaning.look === "phone") return kind === "transfer" ? "account" : "phone"
  return null
}

function partyFrom(
  kind: KindName,
  part: PartyMapping["part"],
  columns: readonly ColumnMeaning[],
  all: readonly ColumnMeaning[],
): PartyMapping | null {
  const of = (concept: Concept) => columns.find((meaning) => meaning.concept === concept)?.column
  const bare = columns.filter((meaning) => meaning.concept === null)
  const platform = all.find((meaning) => meaning.concept === "platform" && meaning.role === null)?.column
  const issuer = all.find((meaning) => meaning.concept === "issuer")?.column
  const ids: PartyMapping["ids"] = []
  for (const meaning of columns) {
    const type = meaning.concept === null ? bareType(kind, part, meaning) : ID_TYPES[meaning.concept]
    if (type === undefined || type === null) continue
    const context =
      type === "handle" || (type === "account" && kind === "account")
        ? platform === undefined
          ? {}
          : { platform: { column: platform } }
        : type === "account"
          ? { platform: "bank" }
          : meaning.concept !== null && SERIES[meaning.concept] !== undefined
            ? { issuer: SERIES[meaning.concept]! }
            : type === "document" && issuer !== undefined
              ? { issuer: { column: issuer } }
              : {}
    ids.push({ type, column: meaning.column, ...context })
  }
  const split = [of("givenName"), of("middleName"), of("surname")].filter((column): column is string => column !== undefined)
  const candidates: (string | { columns: string[]; join: string })[] = []
  const whole =
    of("name") ??
    of("displayName") ??
    bare.find((meaning) => bareType(kind, part, meaning) === null || OUTLETS.has(part) || bareType(kind, part, meaning) === "alias")?.column
  if (whole !== undefined) candidates.push(whole)
  if (split.length > 0) candidates.push({ columns: split, join: " " })
  const organisation = of("organisation")
  if (organisation !== undefined) candidates.push(organisation)
  const name: Source | undefined = candidates.length === 0 ? undefined : candidates.length === 1 ? candidates[0]! : { first: candidates }
  return ids.length === 0 && name === undefined ? null : { part, ids, ...(name === undefined ? {} : { name }) }
}

function matches(profile: Profile, need: Concept | `@${Role}`, meanings: readonly ColumnMeaning[]): ColumnMeaning | undefined {
  if (need.startsWith("@")) return meanings.find((meaning) => meaning.role === need.slice(1))
  const person = PERSON.includes(need as Concept)
  const roles = new Set(profile.parties.flatMap((party) => party.roles))
  return meanings.find((meaning) => meaning.concept === need && (meaning.role === null || (person && roles.has(meaning.role))))
}

function recordFor(profile: Profile, meanings: readonly ColumnMeaning[]): RecordMapping {
  const plain = (concept: Concept) => meanings.find((meaning) => meaning.concept === concept && meaning.role === null)
  const fields: RecordMapping["fields"] = {}
  for (const [field, from] of Object.entries(profile.fields)) {
    const hit = (typeof from === "string" ? [from] : from).map(plain).find((meaning) => meaning !== undefined)
    if (hit !== undefined) fields[field] = hit.column
  }
  const own = profile.parties.find((party) => party.own === true)
  const parties: PartyMapping[] = []
  for (const party of profile.parties) {
    const columns = meanings.filter(
      (meaning) =>
        (meaning.role !== null && party.roles.includes(meaning.role) && (meaning.concept === null || PERSON.includes(meaning.concept))) ||
        (party === own &&
          meaning.role === null &&
          meaning.concept !== null &&
          PERSON.includes(meaning.concept) &&
          !(meaning.concept === "account" && profile.kind === "call-data") &&
          !(profile.items?.includes("imei") === true && meaning.concept === "imei")),
    )
    const made = partyFrom(profile.kind, party.part, columns, meanings)
    if (made !== null) parties.push(made)
  }
  for (const item of profile.items ?? []) {
    const hit = meanings.find((meaning) => meaning.concept === item)
    if (hit !== undefined) parties.push({ part: "subject", ids: [{ type: item, column: hit.column }] })
  }
  if (profile.kind === "contact") {
    const name = parties[0]?.name
    if (name !== undefined) fields["label"] = name
  }
  for (const [field, role] of [
    ["origin", "from"],
    ["destination", "to"],
  ] as const)
    if (field in profile.fields && fields[field] === undefined && profile.kind === "journey-leg") {
      const hit = meanings.find((meaning) => meaning.role === role)
      if (hit !== undefined) fields[field] = hit.column
    }
  const moment = plain("datetime") ?? undefined
  const day = plain("date")
  const clock = plain("time")
  const at =
    moment !== undefined
      ? moment.column
      : day !== undefined && clock !== undefined && !DATED.includes(clock.look)
        ? { columns: [day.column, clock.column] }
        : (day ?? clock)?.column
  const epoch = moment !== undefined && moment.look === "integer" && moment.reason.includes("counts")
  return {
    kind: profile.kind,
    fields,
    constants: { ...profile.constants },
    parties,
    ...(at === undefined ? {} : { at: typeof at === "string" && epoch ? { column: at, format: "unix" } : at }),
  }
}

function judge(
  profile: Profile,
  meanings: readonly ColumnMeaning[],
): { profile: Profile; confidence: number; record: RecordMapping } | null {
  const met = profile.needs.map((group) => group.map((need) => matches(profile, need, meanings)).find((meaning) => meaning !== undefined))
  if (met.some((meaning) => meaning === undefined)) return null
  const least = Math.min(...met.map((meaning) => meaning!.confidence))
  const signs = profile.signs.filter((sign) => matches(profile, sign, meanings) !== undefined).length
  const record = recordFor(profile, meanings)
  const taken = new Set(columnsOfMapping({ table: {}, records: [record] }).map(({ column }) => column)).size
  const known = meanings.filter((meaning) => meaning.look !== "empty").length
  const confidence = (0.5 + Math.min(0.3, signs * 0.06) + 0.2 * (known === 0 ? 0 : Math.min(1, taken / known))) * (0.5 + least / 2)
  return { profile, confidence, record }
}

/**
 * Proposes a mapping from a table's header words (seven languages) and the look of sampled values. Pure; the same table gives the same
 * answer. It does not invent: a column that it does not know stays unmapped, a kind whose needs are not met is not proposed.
 */
export function suggestMapping(headers: readonly string[], sampleRows: readonly (readonly string[])[]): Suggestion {
  const columns = headers.map((header, i) =>
    meaningOf(
      header,
      sampleRows.map((row) => row[i] ?? ""),
    ),
  )
  const seen = new Set<string>()
  // The same meaning twice: the surer column keeps it; of phones, mail addresses and numbers there may be several.
  for (const meaning of [...columns].sort((a, b) => b.confidence - a.confidence)) {
    const key = `${meaning.role}/${meaning.concept}`
    if (meaning.concept === null || ["phone", "email", "document", "alias", "imei", "otherName"].includes(meaning.concept)) continue
    if (seen.has(key)) Object.assign(meaning, { concept: null, confidence: 0, reason: "another column says the same more surely" })
    seen.add(key)
  }
  const judged = PROFILES.flatMap((profile) => judge(profile, columns) ?? []).sort((a, b) => b.confidence - a.confidence)
  const best = judged[0]
  const rowId = columns.find((meaning) => meaning.concept === "id" && meaning.role === null)?.column
  const reasons = judged.slice(0, 3).map(({ profile, confidence }) => `${profile.kind} ${confidence.toFixed(2)}`)
  for (const meaning of columns)
    if (meaning.confidence > 0)
      reasons.push(`${meaning.column}: ${[meaning.role, meaning.concept].filter(Boolean).join(" ") || "unknown"}, ${meaning.reason}`)
  if (best === undefined || best.confidence < FLOOR)
    return { mapping: null, kind: best?.profile.kind ?? null, confidence: best?.confidence ?? 0, columns, reasons }
  return {
    mapping: { table: {}, ...(rowId === undefined ? {} : { id: rowId }), records: [best.record] },
    kind: best.profile.kind,
    confidence: best.confidence,
    columns,
    reasons,
  }
}
