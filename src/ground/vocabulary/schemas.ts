/**
 * Entity schemas as data. Named after FollowTheMoney where it has the concept (`follows`), extended where it has not: a nameless
 * dinghy, an engine, a deposit that is a promise, a number that is not a person. Properties marked `ours` have no counterpart there
 * and are listed as losses when exported. All values are multi-valued texts, as in FollowTheMoney.
 */
import type { ValueType } from "./values.ts"

export type PropertyType =
  | "name"
  | "string"
  | "text"
  | "date"
  | "number"
  | "country"
  | "address"
  | "phone"
  | "email"
  | "iban"
  | "url"
  | "identifier"
  | "entity"
  | "topic"
  | "json"

export interface Property {
  type: PropertyType
  title: string
  /** The value type whose normal form identifies an entity of this schema. */
  identifies?: ValueType
  /** Schema of the entity that it points to. */
  of?: SchemaName
  /** Not in FollowTheMoney. */
  ours?: true
  /** Recorded because a law or a form asks for it; a feature of no comparison, measure or lead. */
  neverFeature?: true
}

export interface Schema {
  title: string
  plural: string
  /** The FollowTheMoney schema of the same meaning, or null. */
  follows: string | null
  /** `thing` is or exists; `event` happens at a time; `link` ties two things. */
  shape: "thing" | "event" | "link"
  properties: Readonly<Record<string, Property>>
  /** Properties that may stand as its caption, first choice first. */
  caption: readonly string[]
  /** For links: from which property to which. */
  edge?: { source: string; target: string; directed: boolean }
}

const p = (type: PropertyType, title: string, more: Omit<Property, "type" | "title"> = {}): Property => ({ type, title, ...more })
const ours = (type: PropertyType, title: string, more: Omit<Property, "type" | "title" | "ours"> = {}): Property => ({
  type,
  title,
  ...more,
  ours: true,
})

const named = {
  name: p("name", "name"),
  alias: p("name", "other name"),
  weakAlias: p("name", "weak alias"),
  country: p("country", "country"),
  notes: p("text", "notes"),
}
const dated = { startDate: p("date", "from"), endDate: p("date", "until"), date: p("date", "date"), summary: p("text", "summary") }
const placed = { latitude: ours("number", "latitude, WGS 84"), longitude: ours("number", "longitude, WGS 84") }
const money = { amount: p("number", "amount"), currency: p("string", "currency, ISO 4217") }

export const SCHEMA_NAMES = [
  "Thing",
  "Person",
  "Organization",
  "Outlet",
  "UserAccount",
  "PhoneNumber",
  "EmailAddress",
  "Device",
  "Sim",
  "BankAccount",
  "CryptoWallet",
  "Passport",
  "Identification",
  "Vehicle",
  "Vessel",
  "Hull",
  "Engine",
  "Address",
  "Event",
  "Trip",
  "JourneyLeg",
  "Seizure",
  "DocumentInspection",
  "Debrief",
  "Payment",
  "Deposit",
  "BookEntry",
  "Consignment",
  "Call",
  "Message",
  "Audio",
  "Contact",
  "Post",
  "Advert",
  "Document",
  "Report",
  "Sanction",
  "UnknownLink",
] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

export const SCHEMAS: Readonly<Record<SchemaName, Schema>> = {
  Thing: { title: "thing", plural: "things", follows: "Thing", shape: "thing", caption: ["name"], properties: named },
  Person: {
    title: "person",
    plural: "people",
    follows: "Person",
    shape: "thing",
    caption: ["name", "alias", "weakAlias"],
    properties: {
      ...named,
      firstName: p("string", "given name"),
      fatherName: p("string", "father's name"),
      secondName: p("string", "second name"),
      lastName: p("string", "last name"),
      grandfatherName: ours("string", "grandfather's name"),
      kunya: ours("name", "kunya (father or mother of)"),
      nisba: ours("name", "name after a place, tribe or trade"),
      motherName: p("string", "mother's name"),
      birthDate: p("date", "date of birth"),
      birthPlace: p("string", "place of birth"),
      nationality: p("country", "nationality as claimed", { neverFeature: true }),
      gender: p("string", "sex as documented", { neverFeature: true }),
    },
  },
  Organization: {
    title: "organisation",
    plural: "organisations",
    follows: "Organization",
    shape: "thing",
    caption: ["name", "alias", "registrationNumber"],
    properties: {
      ...named,
      registrationNumber: p("identifier", "registration number"),
      licenseNumber: p("identifier", "licence number"),
      jurisdiction: p("country", "jurisdiction"),
      email: p("email", "e-mail"),
      phone: p("phone", "telephone"),
      website: p("url", "website"),
    },
  },
  Outlet: {
    title: "exchange, shop or travel office",
    plural: "outlets",
    follows: null,
    shape: "thing",
    caption: ["name", "alias", "place"],
    properties: {
      ...named,
      place: ours("address", "place"),
      owner: ours("entity", "owner", { of: "Person" }),
      licenseNumber: ours("identifier", "licence number"),
      ...placed,
    },
  },
  UserAccount: {
    title: "account on a platform",
    plural: "accounts",
    follows: "UserAccount",
    shape: "thing",
    caption: ["username", "name", "accountId", "service"],
    properties: {
      ...named,
      service: p("string", "platform"),
      username: p("string", "handle", { identifies: "handle" }),
      accountId: ours("identifier", "native id", { identifies: "account" }),
      number: p("phone", "number"),
      email: p("email", "e-mail"),
      owner: p("entity", "held by", { of: "Person" }),
      profileUrl: ours("url", "address"),
    },
  },
  PhoneNumber: {
    title: "telephone number",
    plural: "telephone numbers",
    follows: null,
    shape: "thing",
    caption: ["number"],
    properties: {
      number: ours("phone", "E.164 number", { identifies: "phone" }),
      country: p("country", "country"),
      carrier: ours("string", "network"),
    },
  },
  EmailAddress: {
    title: "e-mail address",
    plural: "e-mail addresses",
    follows: null,
    shape: "thing",
    caption: ["address"],
    properties: { address: ours("email", "address", { identifies: "email" }) },
  },
  Device: {
    title: "device",
    plural: "devices",
    follows: null,
    shape: "thing",
    caption: ["model", "imei", "serial"],
    properties: {
      make: ours("string", "make"),
      model: ours("string", "model"),
      serial: ours("identifier", "serial"),
      imei: ours("identifier", "IMEI", { identifies: "imei" }),
      item: ours("identifier", "seized item", { identifies: "holder" }),
    },
  },
  Sim: {
    title: "SIM",
    plural: "SIMs",
    follows: null,
    shape: "thing",
    caption: ["msisdn", "iccid", "imsi"],
    properties: {
      iccid: ours("identifier", "card number", { identifies: "iccid" }),
      imsi: ours("identifier", "subscriber identity", { identifies: "imsi" }),
      msisdn: ours("phone", "own number as the card says"),
    },
  },
  BankAccount: {
    title: "bank account",
    plural: "bank accounts",
    follows: "BankAccount",
    shape: "thing",
    caption: ["iban", "accountNumber", "name"],
    properties: {
      ...named,
      iban: p("iban", "IBAN", { identifies: "iban" }),
      accountNumber: p("identifier", "account number"),
      bic: p("identifier", "BIC"),
      bankName: p("string", "bank"),
      owner: ours("entity", "held by", { of: "Person" }),
    },
  },
  CryptoWallet: {
    title: "crypto wallet",
    plural: "crypto wallets",
    follows: "CryptoWallet",
    shape: "thing",
    caption: ["publicKey", "name"],
    properties: {
      ...named,
      publicKey: p("identifier", "address", { identifies: "wallet" }),
      currencySymbol: p("string", "chain"),
      holder: p("entity", "held by", { of: "Person" }),
    },
  },
  Passport: {
    title: "passport",
    plural: "passports",
    follows: "Passport",
    shape: "thing",
    caption: ["passportNumber", "number"],
    properties: {
      passportNumber: p("identifier", "number", { identifies: "document" }),
      number: p("identifier", "number", { identifies: "document" }),
      country: p("country", "issuer"),
      holder: p("entity", "holder", { of: "Person" }),
      surname: p("string", "surname as printed"),
      givenName: p("string", "given names as printed"),
      birthDate: p("date", "date of birth as printed"),
      personalNumber: p("identifier", "personal number"),
      ...dated,
    },
  },
  Identification: {
    title: "identity document",
    plural: "identity documents",
    follows: "Identification",
    shape: "thing",
    caption: ["number", "type"],
    properties: {
      type: p("string", "kind"),
      number: p("identifier", "number", { identifies: "document" }),
      country: p("country", "issuer"),
      authority: p("string", "authority"),
      holder: p("entity", "holder", { of: "Person" }),
      ...dated,
    },
  },
  Vehicle: {
    title: "vehicle",
    plural: "vehicles",
    follows: "Vehicle",
    shape: "thing",
    caption: ["registrationNumber", "name"],
    properties: {
      ...named,
      registrationNumber: p("identifier", "plate", { identifies: "plate" }),
      type: p("string", "kind"),
      model: p("string", "model"),
      owner: p("entity", "owner", { of: "Person" }),
    },
  },
  Vessel: {
    title: "named vessel",
    plural: "named vessels",
    follows: "Vessel",
    shape: "thing",
    caption: ["name", "imoNumber", "mmsi"],
    properties: {
      ...named,
      imoNumber: p("identifier", "IMO number"),
      mmsi: p("identifier", "MMSI"),
      callSign: p("identifier", "call sign"),
      flag: p("country", "flag"),
      hull: ours("entity", "hull", { of: "Hull" }),
    },
  },
  Hull: {
    title: "hull",
    plural: "hulls",
    follows: null,
    shape: "thing",
    caption: ["win", "make", "model"],
    properties: {
      win: ours("identifier", "craft identification number", { identifies: "hull" }),
      winState: ours("string", "state of the number: read, partial, absent, defaced, copied"),
      make: ours("string", "make"),
      model: ours("string", "model"),
      lengthM: ours("number", "length, metres"),
      colour: ours("string", "colour"),
    },
  },
  Engine: {
    title: "engine",
    plural: "engines",
    follows: null,
    shape: "thing",
    caption: ["serial", "make", "model"],
    properties: {
      serial: ours("identifier", "serial", { identifies: "engine" }),
      serialState: ours("string", "state of the serial: read, partial, absent, defaced"),
      make: ours("string", "maker"),
      model: ours("string", "model"),
      powerHp: ours("number", "horse power"),
    },
  },
  Address: {
    title: "place",
    plural: "places",
    follows: "Address",
    shape: "thing",
    caption: ["full", "city"],
    properties: {
      full: p("address", "in full"),
      street: p("string", "street"),
      city: p("string", "town"),
      region: p("string", "region"),
      country: p("country", "country"),
      latitude: p("number", "latitude, WGS 84"),
      longitude: p("number", "longitude, WGS 84"),
    },
  },
  Event: {
    title: "event",
    plural: "events",
    follows: "Event",
    shape: "event",
    caption: ["name", "summary", "date"],
    properties: { ...dated, name: p("name", "name"), location: p("address", "place"), involved: p("entity", "involved"), ...placed },
  },
  Trip: {
    title: "trip",
    plural: "trips",
    follows: "Trip",
    shape: "event",
    caption: ["name", "startDate"],
    properties: {
      ...dated,
      name: p("name", "service"),
      startLocation: p("entity", "from", { of: "Address" }),
      endLocation: p("entity", "to", { of: "Address" }),
      vehicle: p("entity", "vehicle", { of: "Vehicle" }),
    },
  },
  JourneyLeg: {
    title: "leg of a journey",
    plural: "legs of journeys",
    follows: null,
    shape: "event",
    caption: ["leg", "origin", "destination"],
    properties: {
      ...dated,
      leg: ours("number", "order in the journey"),
      stage: ours("number", "stage of the crime script, 1 to 10"),
      origin: ours("address", "from"),
      destination: ours("address", "to"),
      means: ours("string", "boat, lorry, foot, plane"),
      people: ours("number", "people carried"),
      price: ours("number", "price"),
      currency: ours("string", "currency, ISO 4217"),
      escrow: ours("entity", "who holds the money", { of: "Outlet" }),
      releaseCondition: ours("text", "when it is released"),
    },
  },
  Seizure: {
    title: "seizure",
    plural: "seizures",
    follows: null,
    shape: "event",
    caption: ["summary", "date"],
    properties: {
      ...dated,
      location: ours("address", "place"),
      legalPower: ours("string", "power"),
      seized: ours("entity", "what was seized"),
      ...placed,
    },
  },
  DocumentInspection: {
    title: "document inspection",
    plural: "document inspections",
    follows: null,
    shape: "event",
    caption: ["outcome", "date"],
    properties: {
      ...dated,
      document: ours("entity", "document", { of: "Identification" }),
      outcome: ours("string", "genuine, false, impostor, obtained by fraud suspected, inconclusive"),
      falseClass: ours("string", "pseudo, forged, counterfeited"),
      level: ours("number", "level of the inspection, 1 to 3"),
    },
  },
  Debrief: {
    title: "debrief",
    plural: "debriefs",
    follows: null,
    shape: "event",
    caption: ["urn", "date"],
    properties: {
      ...dated,
      urn: ours("identifier", "reference"),
      subject: ours("entity", "person", { of: "Person" }),
      text: ours("text", "as written"),
    },
  },
  Payment: {
    title: "payment",
    plural: "payments",
    follows: "Payment",
    shape: "link",
    caption: ["amount", "date", "purpose"],
    edge: { source: "payer", target: "beneficiary", directed: true },
    properties: {
      ...dated,
      ...money,
      payer: p("entity", "payer"),
      payerAccount: p("entity", "payer's account", { of: "BankAccount" }),
      beneficiary: p("entity", "payee"),
      beneficiaryAccount: p("entity", "payee's account", { of: "BankAccount" }),
      purpose: p("text", "purpose"),
      transactionNumber: p("string", "number of the transaction"),
    },
  },
  Deposit: {
    title: "deposit held for a journey",
    plural: "deposits",
    follows: null,
    shape: "link",
    caption: ["amount", "code", "date"],
    edge: { source: "depositor", target: "outlet", directed: true },
    properties: {
      ...dated,
      amount: ours("number", "amount"),
      currency: ours("string", "currency, ISO 4217"),
      code: ours("string", "code as written"),
      commission: ours("number", "percent"),
      status: ours("string", "held, released, refunded, netted"),
      depositor: ours("entity", "payer", { of: "Person" }),
      outlet: ours("entity", "who holds it", { of: "Outlet" }),
      beneficiary: ours("entity", "to whom it is released", { of: "Person" }),
      releasedAt: ours("date", "released"),
    },
  },
  BookEntry: {
    title: "line of an exchange's book",
    plural: "lines of books",
    follows: null,
    shape: "event",
    caption: ["code", "amount", "date"],
    properties: {
      ...dated,
      amount: ours("number", "amount"),
      currency: ours("string", "currency, ISO 4217"),
      code: ours("string", "code as written"),
      payerAlias: ours("name", "payer as written"),
      payeeAlias: ours("name", "payee as written"),
      outlet: ours("entity", "whose book", { of: "Outlet" }),
      counterOutlet: ours("entity", "other outlet", { of: "Outlet" }),
    },
  },
  Consignment: {
    title: "consignment",
    plural: "consignments",
    follows: null,
    shape: "event",
    caption: ["declaration", "goods"],
    properties: {
      ...dated,
      declaration: ours("identifier", "number of the declaration"),
      goods: ours("text", "goods as declared"),
      consignor: ours("entity", "from whom", { of: "Organization" }),
      consignee: ours("entity", "to whom", { of: "Organization" }),
      origin: ours("address", "from"),
      destination: ours("address", "to"),
    },
  },
  Call: {
    title: "call",
    plural: "calls",
    follows: "Call",
    shape: "link",
    caption: ["callerNumber", "receiverNumber", "date"],
    edge: { source: "caller", target: "receiver", directed: true },
    properties: {
      ...dated,
      caller: p("entity", "from"),
      callerNumber: p("phone", "from number"),
      receiver: p("entity", "to"),
      receiverNumber: p("phone", "to number"),
      duration: p("number", "seconds"),
    },
  },
  Message: {
    title: "message",
    plural: "messages",
    follows: "Message",
    shape: "link",
    caption: ["subject", "date"],
    edge: { source: "sender", target: "recipients", directed: true },
    properties: {
      ...dated,
      subject: p("string", "subject"),
      threadTopic: p("string", "title of the group"),
      sender: p("entity", "from"),
      senderAccount: p("entity", "from account", { of: "UserAccount" }),
      recipients: p("entity", "to"),
      recipientAccount: p("entity", "to account", { of: "UserAccount" }),
      bodyText: p("text", "text"),
    },
  },
  Audio: {
    title: "voice note",
    plural: "voice notes",
    follows: "Audio",
    shape: "event",
    caption: ["fileName", "date"],
    properties: {
      date: p("date", "date"),
      summary: p("text", "summary"),
      fileName: p("string", "file"),
      duration: p("number", "seconds"),
      transcript: ours("text", "as transcribed"),
      sender: ours("entity", "from"),
    },
  },
  Contact: {
    title: "contact card",
    plural: "contact cards",
    follows: null,
    shape: "link",
    caption: ["label"],
    edge: { source: "device", target: "contact", directed: true },
    properties: {
      label: ours("name", "name as saved"),
      device: ours("entity", "saved on", { of: "Device" }),
      contact: ours("entity", "who or what is saved"),
    },
  },
  Post: {
    title: "post",
    plural: "posts",
    follows: "Post",
    shape: "event",
    caption: ["url", "date"],
    properties: {
      ...dated,
      url: ours("url", "address"),
      body: ours("text", "text"),
      account: ours("entity", "account", { of: "UserAccount" }),
      platform: ours("string", "platform"),
    },
  },
  Advert: {
    title: "advert for crossings",
    plural: "adverts",
    follows: null,
    shape: "event",
    caption: ["url", "summary", "date"],
    properties: {
      ...dated,
      url: ours("url", "address"),
      account: ours("entity", "account", { of: "UserAccount" }),
      language: ours("string", "language"),
      route: ours("string", "route offered"),
      price: ours("number", "price asked"),
      currency: ours("string", "currency, ISO 4217"),
    },
  },
  Document: {
    title: "file",
    plural: "files",
    follows: "Document",
    shape: "thing",
    caption: ["fileName", "title", "contentHash"],
    properties: {
      fileName: p("string", "name"),
      title: p("string", "title"),
      contentHash: p("string", "hash"),
      mimeType: p("string", "media type"),
    },
  },
  Report: {
    title: "intelligence report",
    plural: "intelligence reports",
    follows: null,
    shape: "event",
    caption: ["urn", "date"],
    properties: {
      ...dated,
      urn: ours("identifier", "reference; never the source"),
      rootUrn: ours("identifier", "report on which it rests"),
      text: ours("text", "sanitised text"),
    },
  },
  Sanction: {
    title: "entry of a watch-list",
    plural: "entries of watch-lists",
    follows: "Sanction",
    shape: "event",
    caption: ["program", "authority"],
    properties: {
      ...dated,
      entity: p("entity", "who is listed"),
      authority: p("string", "whose list"),
      program: p("string", "programme"),
      reason: p("text", "reason"),
    },
  },
  UnknownLink: {
    title: "link",
    plural: "links",
    follows: "UnknownLink",
    shape: "link",
    caption: ["role"],
    edge: { source: "subject", target: "object", directed: false },
    properties: {
      ...dated,
      subject: p("entity", "from"),
      object: p("entity", "to"),
      role: p("string", "relation as given"),
      weight: ours("number", "weight as given"),
    },
  },
}

/** The schema of what a value of this type stands for when nothing more is known. A phone is a number, not its user. */
export const SCHEMA_OF_VALUE: Readonly<Record<ValueType, SchemaName>> = {
  phone: "PhoneNumber",
  email: "EmailAddress",
  handle: "UserAccount",
  account: "UserAccount",
  imei: "Device",
  imsi: "Sim",
  iccid: "Sim",
  iban: "BankAccount",
  wallet: "CryptoWallet",
  document: "Identification",
  hull: "Hull",
  engine: "Engine",
  plate: "Vehicle",
  holder: "Person",
  alias: "Person",
  outlet: "Outlet",
  node: "Thing",
  name: "Person",
}

export function isSchema(name: string): name is SchemaName {
  return Object.hasOwn(SCHEMAS, name)
}

/** The first value that may stand as caption, or null when the entity has none of them. */
export function captionOf(schema: SchemaName, values: Readonly<Record<string, readonly string[] | undefined>>): string | null {
  for (const property of SCHEMAS[schema].caption) {
    const first = values[property]?.find((value) => value.trim() !== "")
    if (first !== undefined) return first
  }
  return null
}
