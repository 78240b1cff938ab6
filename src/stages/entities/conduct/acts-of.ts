import type { FieldsOf, KindName } from "#vocabulary/kinds"
import type { Part, SourceRecord } from "#vocabulary/record"
import { isSafetyItem } from "#vocabulary/safety-items"
import type { ActRow, Basis } from "./act-row.ts"

/** What the text reader found in one column (`readFreeText` of the records stage gives this shape). */
export interface TextReading {
  spans: readonly { start: number; end: number; type: string; norm: string; addressed?: boolean; value?: unknown }[]
  acts: readonly {
    act: string
    actor: { who: "sender" } | { who: "recipient" } | { who: "spoken-of"; span: number }
    stage: number | null
    confidence: number
    words: string
    rule: string
    quantity: number | null
  }[]
}

/** A record with the keys that the store gave it. */
export interface StoredRecord<K extends KindName = KindName> {
  id: string
  exhibit: string
  record: SourceRecord<K>
}

const DAY = 86_400_000
const KINDS_WITH_TALK: ReadonlySet<KindName> = new Set<KindName>([
  "message",
  "voice-note",
  "post",
  "account",
  "debrief",
  "intelligence-report",
  "event",
  "contact",
])
/** Acts that a witness tells of others weigh more in an interview about the journey than in a chat. */
const TOLD: ReadonlySet<string> = new Set(["takes-payment", "runs", "transports", "steers"])

/**
 * The acts in one record: from its form (a report's assertion, a payee in a book, a supplier in a seizure) and from its free text as
 * read before. Pure. Call data alone, contact cards, a single remittance and things that preserve life give none.
 */
export function actsOf(stored: StoredRecord, texts: Readonly<Record<string, TextReading>> = {}): ActRow[] {
  const out: ActRow[] = []
  const { record } = stored
  if (is(record, "intelligence-report")) reported(stored, record.fields, out)
  else if (is(record, "book-entry")) booked(stored, record.fields, out)
  else if (is(record, "seizure")) seized(stored, record.fields, out)
  else if (is(record, "customs")) declared(stored, record.fields, out)
  else if (is(record, "journey-leg")) travelled(stored, record.fields, out)
  else if (is(record, "document-inspection")) inspected(stored, record.fields, out)
  if (KINDS_WITH_TALK.has(record.kind)) for (const [column, reading] of Object.entries(texts)) spoken(stored, column, reading, out)
  return out
}

function is<K extends KindName>(record: SourceRecord, kind: K): record is SourceRecord<K> {
  return record.kind === kind
}

const partyOf = (record: SourceRecord, ...parts: Part[]) => record.parties.flatMap((p, i) => (parts.includes(p.part) ? [i] : []))

function row(stored: StoredRecord, rest: Partial<ActRow> & Pick<ActRow, "act" | "basis" | "confidence" | "rule" | "words">): ActRow {
  return {
    record: stored.id,
    exhibit: stored.exhibit,
    kind: stored.record.kind,
    at: stored.record.at?.ms ?? null,
    actorParty: null,
    actorColumn: null,
    actorStart: null,
    actorEnd: null,
    actorType: null,
    actorNorm: null,
    towardParty: null,
    stage: null,
    thread: null,
    root: null,
    grade: null,
    quantity: null,
    code: null,
    ...rest,
  }
}

/** The subject of a graded report, for what the report asserts. The source's grade goes with it; a report without a grade weighs nothing. */
function reported(stored: StoredRecord, f: FieldsOf<"intelligence-report">, out: ActRow[]): void {
  if (!f.assertion) return
  for (const i of partyOf(stored.record, "subject"))
    out.push(
      row(stored, {
        actorParty: i,
        act: `stated:${f.assertion}`,
        stage: f.stage ?? null,
        confidence: 100,
        basis: "stated by report",
        root: f.rootUrn ?? f.urn ?? stored.id,
        grade: f.source && f.information ? `${f.gradeScheme ?? ""}:${f.source}${f.information}` : null,
        rule: "report",
        words: `${f.urn ?? "report"}: ${f.assertion}`,
      }),
    )
}

/**
 * A deposit that was held for an arrival and paid out: commission of 3 to 10 per cent, or no commission written and at least a day
 * between lodging and release. Lawful remittance is paid out at once for 1 to 3 per cent, so it is neither.
 */
export function escrowLike(f: FieldsOf<"book-entry">, at: number | null): boolean {
  if (f.struckOut || f.side === "in" || f.status === "struck out") return false
  const settled = f.status === "released" || f.status === "refunded" || f.status === "held"
  if (f.commission !== null && f.commission !== undefined) return f.commission > 3 && f.commission <= 10 && (settled || !f.status)
  return settled && f.releasedAt !== null && f.releasedAt !== undefined && at !== null && f.releasedAt - at >= DAY
}

function booked(stored: StoredRecord, f: FieldsOf<"book-entry">, out: ActRow[]): void {
  const { record } = stored
  if (!escrowLike(f, record.at?.ms ?? null)) return
  const payer = partyOf(record, "payer")[0] ?? null
  const rest = {
    towardParty: payer,
    confidence: 80,
    basis: "book" as const,
    code: f.code ?? null,
    words: [
      f.code ? `code ${f.code}` : "",
      f.amountRaw ?? f.amount ?? "",
      f.currency ?? "",
      f.status ?? "",
      f.commission ? `${f.commission} %` : "",
    ]
      .filter(Boolean)
      .join(" "),
  }
  if (f.status !== "held" && f.status !== "refunded")
    for (const i of partyOf(record, "payee"))
      out.push(row(stored, { ...rest, actorParty: i, act: "is-paid-from-deposit", stage: 9, rule: "book-payee" }))
  for (const i of partyOf(record, "outlet"))
    out.push(row(stored, { ...rest, actorParty: i, act: "holds-deposit", stage: 2, rule: "book-outlet" }))
}

const HULL = /hull|boat|dinghy|inflatable|schlauchboot|bateau|canot|gommone|بەلەم|قارب|قایق/i
const ENGINE = /engine|outboard|motor|moteur|ماتۆڕ|محرك|موتور/i
/** The record itself says that the goods were lawful: declared, with papers, returned, or shown by an owner who was asked. */
const LAWFUL =
  /papers? (?:were |was )?in order|invoices? (?:were |was )?seen|given back|handed back|returned to (?:the |its )?owner|\bat our request\b|no offence|lawful(?:ly)? (?:declared|owned)|papiere in ordnung|rechnungen? gesehen|zurückgegeben|papiers en règle|factures? vues?|restitué/i
/** The load was hidden or guarded. */
const HIDDEN =
  /hidden|conceal|undeclared|not declared|false (?:floor|wall|bottom)|(?:under|behind|among) (?:a |the )?(?:load|cover|pallets?|furniture|cargo)|fore-?runner|lead car|scout car|false plates?|false papers|versteckt|getarnt|nicht angemeldet|unter (?:einer )?plane|caché|dissimul|non déclaré|voiture ouvreuse|gizlen|beyan edilmem|مخف|پنهان|شاردرا/i

/**
 * Those who sent, received, supplied or carried hulls or engines that were seized. A safety item is never one (BSAIA 2025 s.15), and
 * neither is what the record itself calls declared, in order or given back.
 */
function seized(stored: StoredRecord, f: FieldsOf<"seizure">, out: ActRow[]): void {
  if (f.safetyItem || !f.what || isSafetyItem(f.what)) return
  const hull = HULL.test(f.what)
  if (!(hull || ENGINE.test(f.what)) || LAWFUL.test(f.circumstances ?? "")) return
  const quantity = f.quantity ?? 1
  const hidden = HIDDEN.test(f.circumstances ?? "")
  const words = `${quantity} × ${f.what}${f.make ? ` ${f.make}` : ""}${f.model ? ` ${f.model}` : ""}${hidden ? `, ${f.circumstances}` : ""}`
  const thing = hull ? "hulls" : "engines"
  for (const i of partyOf(stored.record, "supplier", "consignee", "consignor"))
    out.push(
      row(stored, {
        actorParty: i,
        act: `supplies-${thing}`,
        stage: 7,
        confidence: 80,
        basis: "seizure",
        quantity,
        rule: hidden ? "seized-supply-hidden" : "seized-supply",
        words: `${stored.record.parties[i]!.part} of ${words}`,
      }),
    )
  for (const i of partyOf(stored.record, "driver"))
    out.push(
      row(stored, {
        actorParty: i,
        act: `carries-${thing}`,
        stage: 7,
        confidence: 70,
        basis: "seizure",
        quantity,
        rule: hidden ? "seized-carriage-hidden" : "seized-carriage",
        words: `drove ${words}`,
      }),
    )
}

/** From this many on a consignment is trade and not somebody's own boat. */
const CONSIGNMENT = 10

/** Who had hulls sent to him in the quantities of trade. Declared goods are lawful goods: this only supports other evidence. */
function declared(stored: StoredRecord, f: FieldsOf<"customs">, out: ActRow[]): void {
  if (!f.goods || isSafetyItem(f.goods) || !HULL.test(f.goods) || (f.quantity ?? 0) < CONSIGNMENT) return
  for (const i of partyOf(stored.record, "consignee"))
    out.push(
      row(stored, {
        actorParty: i,
        act: "receives-hulls",
        stage: 7,
        confidence: 70,
        basis: "declaration",
        quantity: f.quantity ?? null,
        rule: "customs-hulls",
        words: `${f.quantity} × ${f.goods}`,
      }),
    )
}

/** Who was paid for a leg, and who drove it. The pilot of a boat is left out: steering is no conduct. */
function travelled(stored: StoredRecord, f: FieldsOf<"journey-leg">, out: ActRow[]): void {
  const passenger = partyOf(stored.record, "payer", "passenger")[0] ?? null
  const words = [f.origin, f.destination].filter(Boolean).join(" – ") || `leg ${f.leg ?? "?"}`
  const boat = /boat|dinghy|bot|bateau|boot|بەلەم|قارب|قایق/i.test(f.means ?? "")
  for (const i of partyOf(stored.record, "payee"))
    out.push(
      row(stored, {
        actorParty: i,
        towardParty: passenger,
        act: "is-paid-for-leg",
        stage: f.stage ?? null,
        confidence: 70,
        basis: "others' words",
        rule: "leg-payee",
        words: `paid for ${words}`,
      }),
    )
  if (!boat)
    for (const i of partyOf(stored.record, "driver"))
      out.push(
        row(stored, {
          actorParty: i,
          towardParty: passenger,
          act: "drives-leg",
          stage: f.stage ?? null,
          confidence: 60,
          basis: "others' words",
          rule: "leg-driver",
          words: `drove ${words}`,
        }),
      )
}

/** Who supplied a paper that an examiner found false. Its holder did nothing here. */
function inspected(stored: StoredRecord, f: FieldsOf<"document-inspection">, out: ActRow[]): void {
  if (!f.outcome?.startsWith("false") && f.falseClass === undefined) return
  if (f.outcome === "genuine" || f.outcome === "inconclusive") return
  for (const i of partyOf(stored.record, "supplier"))
    out.push(
      row(stored, {
        actorParty: i,
        towardParty: partyOf(stored.record, "holder")[0] ?? null,
        act: "supplies-false-paper",
        stage: 3,
        confidence: 80,
        basis: "inspection",
        code: f.series ?? null,
        rule: "false-paper",
        words: `${f.documentType ?? "document"} ${f.issuer ?? ""} ${f.falseClass ?? "false"}`.replace(/\s+/g, " "),
      }),
    )
}

/** The numbers that a public offer of passage gives for contact: whoever answers there sells what the post offers. */
function advertised(stored: StoredRecord, column: string, reading: TextReading, out: ActRow[]): void {
  const offer = reading.acts.find((a) => a.act === "offers-crossing" || a.act === "forges")
  if (!offer) return
  for (const span of reading.spans)
    if (span.type === "phone" && !span.addressed)
      out.push(
        row(stored, {
          act: "is-advert-contact",
          stage: offer.act === "forges" ? 3 : 1,
          confidence: Math.round(offer.confidence * 100),
          basis: "others' words",
          rule: offer.rule,
          words: offer.words,
          actorColumn: column,
          actorStart: span.start,
          actorEnd: span.end,
          actorType: span.type,
          actorNorm: span.norm,
          towardParty: partyOf(stored.record, "author", "sender")[0] ?? null,
        }),
      )
}

function spoken(stored: StoredRecord, column: string, reading: TextReading, out: ActRow[]): void {
  const { record } = stored
  const fields = record.fields as {
    thread?: string | null
    group?: boolean | null
    direction?: string | null
    gradeScheme?: string | null
    rootUrn?: string | null
    urn?: string | null
    source?: string | null
    information?: string | null
  }
  const authors = partyOf(record, record.kind === "account" ? "owner" : "sender", "author")
  const owner = record.parties.findIndex((p) => p.owner)
  const author = authors[0] ?? (fields.direction === "out" && owner >= 0 ? owner : null)
  const others = record.parties.flatMap((p, i) => (i !== author && ["recipient", "participant"].includes(p.part) ? [i] : []))
  const recipient = fields.group || others.length !== 1 ? null : others[0]!
  const report = record.kind === "intelligence-report"
  const told = record.kind === "debrief" || report
  const code = reading.spans.find((s) => s.type === "code")?.norm ?? null
  if (record.kind === "post") advertised(stored, column, reading, out)
  for (const act of reading.acts) {
    let confidence = Math.round(act.confidence * 100)
    if (told && TOLD.has(act.act)) confidence = Math.min(80, confidence + 20)
    const common = {
      act: act.act,
      stage: act.stage,
      thread: fields.thread ?? null,
      quantity: act.quantity,
      code,
      rule: act.rule,
      words: act.words,
      root: report ? (fields.rootUrn ?? fields.urn ?? null) : null,
      grade: report && fields.source && fields.information ? `${fields.gradeScheme ?? ""}:${fields.source}${fields.information}` : null,
    }
    const { actor } = act
    if (actor.who === "spoken-of") {
      const span = reading.spans[actor.span]
      if (!span || span.addressed) continue
      const basis: Basis = report ? "stated by report" : "others' words"
      out.push(
        row(stored, {
          ...common,
          basis,
          confidence,
          towardParty: author,
          actorColumn: column,
          actorStart: span.start,
          actorEnd: span.end,
          actorType: span.type,
          actorNorm: span.norm,
        }),
      )
      continue
    }
    // In a report or an interview nobody's own words are quoted: what the officer writes is not what the interviewee did.
    if (told || record.kind === "contact" || record.kind === "event") continue
    const by = actor.who === "sender" ? author : recipient
    if (by === null) continue
    if (actor.who === "sender" && recipient !== null && (act.act === "asks-price" || act.act === "asks-passage"))
      out.push(
        row(stored, {
          ...common,
          act: "is-asked",
          stage: 2,
          basis: "others' words",
          confidence,
          actorParty: recipient,
          towardParty: author,
        }),
      )
    out.push(
      row(stored, {
        ...common,
        basis: actor.who === "sender" ? "own words" : "others' words",
        confidence,
        actorParty: by,
        towardParty: actor.who === "sender" ? recipient : author,
      }),
    )
  }
}
