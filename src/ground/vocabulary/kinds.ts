/** Record kinds as data: columns with types and units, and which columns are free text. One table per kind in the segments. */
export type ColumnType = "text" | "integer" | "number" | "boolean" | "instant" | "json"

export interface Column<T extends ColumnType = ColumnType> {
  type: T
  /** What it says, with its unit. */
  says: string
}

const text = (says: string) => ({ type: "text", says }) as const
const integer = (says: string) => ({ type: "integer", says }) as const
const number = (says: string) => ({ type: "number", says }) as const
const boolean = (says: string) => ({ type: "boolean", says }) as const
const instant = (says: string) => ({ type: "instant", says }) as const
const json = (says: string) => ({ type: "json", says }) as const

const money = {
  amount: number("amount in units of the currency"),
  amountRaw: text("amount as written, with its digits"),
  currency: text("ISO 4217, null when the source does not say"),
}
const point = { lat: number("WGS 84 latitude, degrees"), lon: number("WGS 84 longitude, degrees"), placeName: text("place as written") }

export interface KindShape {
  /** FollowTheMoney schema where it has the concept, else ours. */
  schema: string
  title: string
  columns: Record<string, Column>
  /** Columns in which people, numbers, places, codes and prices may be spoken of. */
  freeText: readonly string[]
}

export const KINDS = {
  contact: {
    schema: "Contact",
    title: "contact card",
    freeText: ["note"],
    columns: {
      label: text("name as saved"),
      organisation: text("organisation as saved"),
      note: text("note"),
      source: text("app or store that holds it: phone, sim, whatsapp, …"),
      group: text("group or folder"),
      birthDate: text("ISO date as far as known"),
      timesContacted: integer("as the phone counts"),
      pictureSha256: text("picture on the card, when it is in the exhibit"),
      pictureBytes: integer("size of that picture"),
    },
  },
  message: {
    schema: "Message",
    title: "message",
    freeText: ["body", "subject"],
    columns: {
      app: text("sms, mms, whatsapp, telegram, viber, kik, skype, …"),
      thread: text("chat or group id within the exhibit"),
      threadTitle: text("title of the group"),
      group: boolean("sent to a group"),
      direction: text("in, out, system or null"),
      body: text("text as sent"),
      subject: text("subject"),
      status: text("read, sent, draft, …"),
      attachment: text("file name or path of the attachment"),
      attachmentType: text("media type"),
      attachmentSha256: text("when the file is in the exhibit"),
      replyTo: text("id of the message answered"),
      nativeId: text("id in the app"),
    },
  },
  call: {
    schema: "Call",
    title: "call",
    freeText: [],
    columns: {
      app: text("cellular, whatsapp, viber, …"),
      direction: text("in, out or null"),
      answered: boolean("false: missed or rejected"),
      outcome: text("answered, missed, rejected, … as the source says"),
      durationS: integer("seconds"),
      video: boolean("video call"),
      thread: text("group call's chat"),
      nativeId: text("id in the app"),
    },
  },
  "voice-note": {
    schema: "Audio",
    title: "voice note",
    freeText: ["transcript"],
    columns: {
      app: text("app"),
      thread: text("chat"),
      threadTitle: text("title of the group"),
      group: boolean("sent to a group"),
      direction: text("in, out or null"),
      durationS: number("seconds"),
      file: text("file in the exhibit"),
      listening: text("unheard, heard, transcribed, translated"),
      transcript: text("as transcribed"),
      transcriber: text("who or what transcribed"),
      nativeId: text("id in the app"),
    },
  },
  location: {
    schema: "Event",
    title: "location",
    freeText: ["placeName"],
    columns: {
      ...point,
      accuracyM: number("metres"),
      altitudeM: number("metres"),
      origin: text("gps, wifi, cell, photo, shared, …"),
      endAt: instant("until"),
    },
  },
  transfer: {
    schema: "Payment",
    title: "transfer",
    freeText: ["purpose"],
    columns: {
      ...money,
      method: text("bank, msb, mobile money, wallet, cash, …"),
      purpose: text("as written"),
      reference: text("as written"),
      fee: number("in the same currency"),
      status: text("as written"),
      nativeId: text("id in the source"),
    },
  },
  "book-entry": {
    schema: "BookEntry",
    title: "exchange book entry",
    freeText: ["note"],
    columns: {
      ...money,
      side: text("in, out or null"),
      code: text("code as written"),
      commission: number("percent of the amount"),
      rate: number("rate used"),
      status: text("held, released, refunded, netted, struck out or null"),
      releasedAt: instant("when released"),
      note: text("as written"),
      page: text("page or image"),
      line: integer("line on the page"),
      reader: text("who read it"),
      secondReading: text("where two readers differ"),
      ditto: boolean("filled from a ditto mark"),
      yearMissing: boolean("the year is not written"),
      struckOut: boolean("struck out"),
    },
  },
  post: {
    schema: "Post",
    title: "post",
    freeText: ["body", "caption"],
    columns: {
      platform: text("platform"),
      body: text("text"),
      caption: text("caption"),
      url: text("exact URL"),
      language: text("as the source says"),
      reach: integer("views as shown"),
      mediaSha256: text("media"),
      mediaHash: text("perceptual hash"),
      nativeId: text("id on the platform"),
      removedAt: instant("when gone"),
    },
  },
  "document-inspection": {
    schema: "DocumentInspection",
    title: "document inspection",
    freeText: ["findings"],
    columns: {
      documentType: text("passport, visa, id, residence …"),
      issuer: text("ISO 3166-1 alpha-3"),
      number: text("as printed"),
      mrz: text("lines as read"),
      birthDate: text("ISO date as far as known"),
      expiry: text("ISO date"),
      outcome: text("genuine, false, impostor, obtained by fraud suspected, inconclusive"),
      falseClass: text("pseudo, forged, counterfeited"),
      level: integer("1 to 3"),
      features: json("measured features"),
      findings: text("as written"),
      series: text("as the examiner says"),
    },
  },
  seizure: {
    schema: "Seizure",
    title: "seizure",
    freeText: ["circumstances"],
    columns: {
      what: text("hull, engine, cash, vehicle, documents, safety items, …"),
      make: text("make"),
      model: text("model"),
      serial: text("as read"),
      serialState: text("read, partial, absent, defaced, copied"),
      quantity: integer("how many"),
      powerHp: number("horse power"),
      lengthM: number("metres"),
      ...money,
      ...point,
      circumstances: text("as written"),
      legalPower: text("under which power"),
      safetyItem: boolean("life-jacket, flare, tent, food, medicine: never suspicious (BSAIA 2025 s.15)"),
    },
  },
  sighting: {
    schema: "Event",
    title: "sighting",
    freeText: ["circumstances"],
    columns: { ...point, circumstances: text("as written"), officer: text("who saw") },
  },
  "journey-leg": {
    schema: "JourneyLeg",
    title: "journey leg",
    freeText: ["note"],
    columns: {
      leg: integer("order in the journey"),
      stage: integer("1 to 10 of the crime script"),
      origin: text("from"),
      destination: text("to"),
      arrivedAt: instant("arrival"),
      means: text("boat, lorry, foot, plane …"),
      people: integer("people carried"),
      attempt: integer("which attempt"),
      succeeded: boolean("arrived"),
      ...money,
      escrow: text("who holds the money"),
      releaseCondition: text("when it is released"),
      note: text("as written"),
    },
  },
  event: {
    schema: "Event",
    title: "event",
    freeText: ["summary"],
    columns: {
      what: text("launch, arrival, meeting, arrest, calendar entry, …"),
      ...point,
      summary: text("as written"),
      endAt: instant("until"),
      nativeId: text("id in the source"),
    },
  },
  account: {
    schema: "UserAccount",
    title: "account",
    freeText: ["bio"],
    columns: {
      platform: text("platform or service"),
      username: text("as shown"),
      displayName: text("as shown"),
      bio: text("as shown"),
      createdAt: instant("created"),
      followers: integer("as shown"),
      url: text("profile"),
      own: boolean("signed in on this device"),
      nativeId: text("id on the platform"),
    },
  },
  file: {
    schema: "Document",
    title: "file",
    freeText: ["caption"],
    columns: {
      path: text("path on the device"),
      sha256: text("when in the exhibit"),
      md5: text("as the tool says"),
      sizeBytes: integer("bytes"),
      mediaType: text("media type"),
      caption: text("caption"),
      modifiedAt: instant("modified"),
    },
  },
  device: {
    schema: "Device",
    title: "device information",
    freeText: [],
    columns: {
      make: text("make"),
      model: text("model"),
      os: text("system and version"),
      serial: text("serial"),
      imei: text("IMEI"),
      imsi: text("IMSI"),
      iccid: text("ICCID"),
      msisdn: text("own number as the SIM says"),
      tool: text("extraction tool and version"),
      extractedAt: instant("extraction"),
    },
  },
  "intelligence-report": {
    schema: "Report",
    title: "intelligence report",
    freeText: ["text"],
    columns: {
      urn: text("unique reference; never the source's name"),
      rootUrn: text("the report on which this one rests"),
      gradeScheme: text("3x5x2, 5x5x5, 4x4, admiralty"),
      source: text("source grade as given"),
      information: text("information grade as given"),
      handling: text("handling as given"),
      conditions: text("conditions as written"),
      text: text("sanitised text"),
      assertion: text("organises, finances, supplies, forges, drives, steers, recruits, launders, shelters, or null"),
      stage: integer("1 to 10"),
      writtenAt: instant("when written"),
    },
  },
  "call-data": {
    schema: "Call",
    title: "call-data line",
    freeText: [],
    columns: {
      direction: text("in, out or null"),
      type: text("voice, sms, data"),
      durationS: integer("seconds"),
      cell: text("first cell id"),
      endCell: text("last cell id"),
      ...point,
      azimuth: number("degrees"),
    },
  },
  "number-plate": {
    schema: "Event",
    title: "number-plate reading",
    freeText: [],
    columns: { ...point, camera: text("camera"), confidence: number("0 to 1"), heading: text("direction") },
  },
  passenger: {
    schema: "Trip",
    title: "passenger line",
    freeText: [],
    columns: {
      carrier: text("carrier"),
      service: text("flight or sailing"),
      origin: text("from"),
      destination: text("to"),
      booking: text("booking reference"),
      documentNumber: text("as given"),
      birthDate: text("ISO date"),
    },
  },
  customs: {
    schema: "Consignment",
    title: "customs line",
    freeText: ["goods"],
    columns: {
      declaration: text("number"),
      goods: text("as declared"),
      hsCode: text("HS code"),
      quantity: integer("items"),
      weightKg: number("kilograms"),
      origin: text("from"),
      destination: text("to"),
      ...money,
    },
  },
  debrief: {
    schema: "Debrief",
    title: "debrief",
    freeText: ["text"],
    columns: {
      text: text("what was said, as written"),
      language: text("language"),
      interpreter: text("who interpreted"),
      voluntary: boolean("given freely"),
      urn: text("reference"),
    },
  },
  link: {
    schema: "UnknownLink",
    title: "link",
    freeText: [],
    columns: {
      weight: number("as given; 1 when none"),
      relation: text("as given"),
      directed: boolean("false where the source says that the link has no direction"),
    },
  },
  listing: {
    schema: "Sanction",
    title: "watch-list entry",
    freeText: ["remarks"],
    columns: {
      list: text("which list"),
      listDate: text("date of the list, as it says"),
      program: text("programme"),
      entryType: text("individual, entity, vessel, aircraft"),
      nameType: text("primary, strong alias, weak alias, spelling"),
      birthDate: text("as written"),
      birthPlace: text("as written"),
      nationality: text("as written"),
      address: text("as written"),
      vesselType: text("as written"),
      remarks: text("as written"),
      nativeId: text("id on the list"),
    },
  },
  person: {
    schema: "Person",
    title: "person in a register",
    freeText: [],
    columns: {
      register: text("register, application, subscriber or customer file that states it"),
      nativeId: text("id in the source"),
      form: text("person or organisation, as the source says"),
      fullName: text("name in one piece, as written"),
      givenName: text("as written"),
      middleName: text("middle or father's name, as written"),
      familyName: text("as written"),
      nativeName: text("name in another script or spelling, as written"),
      birthDate: text("ISO date as far as known, else as written"),
      birthPlace: text("as written"),
      sex: text("as written"),
      address: text("whole address in one piece, as written"),
      houseNumber: text("as written"),
      street: text("as written"),
      addressLine: text("second line of the address, as written"),
      locality: text("town, suburb or village, as written"),
      region: text("state or province, as written"),
      postcode: text("as written"),
      country: text("as written"),
      employer: text("as written"),
    },
  },
  statement: {
    schema: "Thing",
    title: "statement from a partner's system",
    freeText: ["summary"],
    columns: {
      schema: text("schema in the source"),
      nativeId: text("id in the source"),
      caption: text("caption"),
      properties: json("properties as given"),
      summary: text("text"),
      dataset: text("dataset"),
      sourceRef: text("id of the from-end of a link"),
      targetRef: text("id of the to-end of a link"),
    },
  },
} as const satisfies Record<string, KindShape>

export type KindName = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as KindName[]

type Native<T extends ColumnType> = T extends "text"
  ? string
  : T extends "integer" | "number" | "instant"
    ? number
    : T extends "boolean"
      ? boolean
      : unknown

/** The fields of a record of kind K: every column optional, null = the source has it empty. `instant` is UTC milliseconds. */
export type FieldsOf<K extends KindName> = {
  [C in keyof (typeof KINDS)[K]["columns"]]?: (typeof KINDS)[K]["columns"][C] extends Column<infer T> ? Native<T> | null | undefined : never
}

/** What an edge-list `link` carries, and every other kind's columns in order: the declared layout of a segment. */
export function columnsOf(kind: KindName): [string, Column][] {
  return Object.entries(KINDS[kind].columns)
}
