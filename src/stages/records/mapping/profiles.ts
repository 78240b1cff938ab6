import type { KindName } from "#vocabulary/kinds"
import type { Part } from "#vocabulary/record"
import type { ValueType } from "#vocabulary/values"
import type { Concept, Role } from "./words.ts"

/** What a kind needs of a table's columns, and where it puts them. A data table: a kind is taught by its row. */
export interface Profile {
  kind: KindName
  /** Every group must be met by a column: a concept, or `@role` for a column of that role. */
  needs: readonly (readonly (Concept | `@${Role}`)[])[]
  /** Columns that speak for this kind beyond its needs. */
  signs: readonly (Concept | `@${Role}`)[]
  /** Field ← first concept that has a column without a role. */
  fields: Readonly<Record<string, Concept | readonly Concept[]>>
  /** Columns with one of the roles make a party; `own` takes the columns without a role. */
  parties: readonly { part: Part; roles: readonly Role[]; own?: boolean }[]
  /** Things with a number of their own: a party each, never part of a person. */
  items?: readonly ValueType[]
  constants?: Readonly<Record<string, string>>
}

const POINT = { lat: "lat", lon: "lon", placeName: "place" } as const
const MONEY = { amount: "amount", currency: "currency" } as const

export const PROFILES: readonly Profile[] = [
  {
    kind: "book-entry",
    needs: [
      ["amount"],
      ["code", "commission", "page", "secondReading", "struckOut", "side", "alias", "@outlet", "@counterOutlet", "@guarantor"],
    ],
    signs: [
      "code",
      "commission",
      "rate",
      "page",
      "line",
      "reader",
      "secondReading",
      "struckOut",
      "alias",
      "side",
      "@outlet",
      "@counterOutlet",
      "@guarantor",
      "releasedAt",
    ],
    fields: {
      ...MONEY,
      side: ["side", "direction"],
      code: "code",
      commission: "commission",
      rate: "rate",
      status: "status",
      releasedAt: "releasedAt",
      note: ["note", "purpose"],
      page: "page",
      line: "line",
      reader: "reader",
      secondReading: "secondReading",
      struckOut: "struckOut",
    },
    parties: [
      { part: "outlet", roles: ["outlet"] },
      { part: "counter-outlet", roles: ["counterOutlet"] },
      { part: "payer", roles: ["payer", "sender", "from"] },
      { part: "payee", roles: ["payee", "recipient", "to"] },
      { part: "guarantor", roles: ["guarantor"] },
      { part: "account-holder", roles: ["accountHolder"], own: true },
    ],
  },
  {
    kind: "transfer",
    needs: [["amount"], ["@payer", "@sender", "@from", "@accountHolder", "iban", "account"], ["@payee", "@recipient", "@to"]],
    signs: ["currency", "datetime", "date", "iban", "purpose", "reference", "fee", "method", "status", "@payer", "@payee"],
    fields: {
      ...MONEY,
      method: "method",
      purpose: ["purpose", "note"],
      reference: "reference",
      fee: "fee",
      status: "status",
      nativeId: "id",
    },
    parties: [
      { part: "payer", roles: ["payer", "sender", "from"] },
      { part: "payee", roles: ["payee", "recipient", "to"] },
      { part: "account-holder", roles: ["accountHolder"], own: true },
    ],
  },
  {
    kind: "call-data",
    needs: [
      ["@caller", "@from", "@sender", "phone"],
      ["@callee", "@to", "@recipient"],
      ["datetime", "date", "time"],
    ],
    signs: ["duration", "cell", "endCell", "azimuth", "imei", "imsi", "callType", "direction", "@caller", "@callee"],
    fields: {
      direction: "direction",
      type: "callType",
      durationS: "duration",
      cell: "cell",
      endCell: "endCell",
      lat: "lat",
      lon: "lon",
      placeName: "place",
      azimuth: "azimuth",
    },
    parties: [
      { part: "caller", roles: ["caller", "from", "sender"], own: true },
      { part: "callee", roles: ["callee", "to", "recipient"] },
    ],
  },
  {
    kind: "message",
    needs: [["text"], ["@sender", "@from", "@author"], ["@recipient", "@to"], ["datetime", "date"]],
    signs: ["platform", "direction", "status"],
    fields: { body: "text", app: "platform", direction: "direction", status: "status", nativeId: "id" },
    parties: [
      { part: "sender", roles: ["sender", "from", "author"], own: true },
      { part: "recipient", roles: ["recipient", "to"] },
    ],
  },
  {
    kind: "document-inspection",
    needs: [
      ["document", "mrz", "documentType"],
      ["outcome", "falseClass", "mrz", "findings", "level"],
    ],
    signs: ["mrz", "falseClass", "outcome", "documentType", "issuer", "expiry", "level", "findings", "series", "birthDate"],
    fields: {
      documentType: "documentType",
      issuer: "issuer",
      number: "document",
      mrz: "mrz",
      birthDate: "birthDate",
      expiry: "expiry",
      outcome: "outcome",
      falseClass: "falseClass",
      level: "level",
      findings: ["findings", "note"],
      series: "series",
    },
    parties: [{ part: "holder", roles: ["holder", "passenger", "subject", "owner"], own: true }],
  },
  {
    kind: "seizure",
    needs: [
      ["what", "hull", "engine", "serial", "make"],
      ["quantity", "serial", "engine", "hull", "legalPower", "circumstances", "powerHp", "lengthM"],
    ],
    signs: [
      "hull",
      "engine",
      "serial",
      "serialState",
      "make",
      "model",
      "powerHp",
      "lengthM",
      "quantity",
      "legalPower",
      "what",
      "circumstances",
      "place",
    ],
    fields: {
      what: "what",
      make: "make",
      model: "model",
      serial: ["serial", "engine", "hull"],
      serialState: "serialState",
      quantity: "quantity",
      powerHp: "powerHp",
      lengthM: "lengthM",
      ...MONEY,
      ...POINT,
      circumstances: ["circumstances", "note", "findings"],
      legalPower: "legalPower",
    },
    parties: [
      { part: "holder", roles: ["holder", "owner", "subject", "accountHolder"], own: true },
      { part: "supplier", roles: ["supplier"] },
      { part: "driver", roles: ["driver"] },
      { part: "pilot", roles: ["pilot"] },
    ],
    items: ["hull", "engine", "plate", "imei"],
  },
  {
    kind: "customs",
    needs: [
      ["goods", "hsCode", "declaration"],
      ["@consignor", "@consignee", "weight", "hsCode", "declaration"],
    ],
    signs: ["goods", "hsCode", "declaration", "weight", "@consignor", "@consignee", "origin", "destination"],
    fields: {
      declaration: "declaration",
      goods: "goods",
      hsCode: "hsCode",
      quantity: "quantity",
      weightKg: "weight",
      origin: "origin",
      destination: "destination",
      ...MONEY,
    },
    parties: [
      { part: "consignor", roles: ["consignor", "sender", "from"] },
      { part: "consignee", roles: ["consignee", "recipient", "to"] },
      { part: "supplier", roles: ["supplier"] },
      { part: "driver", roles: ["driver"] },
    ],
    items: ["plate"],
  },
  {
    kind: "passenger",
    needs: [
      ["name", "surname", "@passenger"],
      ["service", "booking", "carrier"],
    ],
    signs: ["service", "booking", "carrier", "origin", "destination", "document", "birthDate", "@passenger"],
    fields: {
      carrier: "carrier",
      service: "service",
      origin: "origin",
      destination: "destination",
      booking: "booking",
      documentNumber: "document",
      birthDate: "birthDate",
    },
    parties: [{ part: "passenger", roles: ["passenger", "holder"], own: true }],
  },
  {
    kind: "number-plate",
    needs: [["plate"], ["camera", "heading", "confidence", "datetime"]],
    signs: ["camera", "heading", "confidence", "lat", "lon"],
    fields: { ...POINT, camera: "camera", confidence: "confidence", heading: ["heading", "direction"] },
    parties: [
      { part: "owner", roles: ["owner"] },
      { part: "driver", roles: ["driver"] },
    ],
    items: ["plate"],
  },
  {
    kind: "intelligence-report",
    needs: [["urn"], ["text", "summary", "sourceGrade", "informationGrade"]],
    signs: ["urn", "sourceGrade", "informationGrade", "handling", "conditions", "text"],
    fields: {
      urn: "urn",
      source: "sourceGrade",
      information: "informationGrade",
      handling: "handling",
      conditions: "conditions",
      text: ["text", "summary"],
    },
    parties: [
      { part: "subject", roles: ["subject"], own: true },
      { part: "associate", roles: ["associate"] },
    ],
  },
  {
    kind: "debrief",
    needs: [["text"], ["interpreter", "voluntary"]],
    signs: ["interpreter", "voluntary", "language"],
    fields: { text: "text", language: "language", interpreter: "interpreter", voluntary: "voluntary", urn: ["urn", "id"] },
    parties: [{ part: "subject", roles: ["subject", "passenger"], own: true }],
  },
  {
    kind: "journey-leg",
    needs: [
      ["origin", "@from"],
      ["destination", "@to"],
      ["leg", "means", "people", "attempt"],
    ],
    signs: ["leg", "means", "people", "attempt", "arrivedAt", "escrow"],
    fields: {
      leg: "leg",
      origin: "origin",
      destination: "destination",
      arrivedAt: "arrivedAt",
      means: "means",
      people: "people",
      attempt: "attempt",
      ...MONEY,
      escrow: "escrow",
      note: ["note", "summary"],
    },
    parties: [
      { part: "driver", roles: ["driver"] },
      { part: "pilot", roles: ["pilot"] },
      { part: "outlet", roles: ["outlet"] },
      { part: "guarantor", roles: ["guarantor"] },
      { part: "passenger", roles: ["passenger"], own: true },
    ],
  },
  {
    kind: "post",
    needs: [
      ["text", "caption"],
      ["url", "reach", "platform"],
      ["url", "reach", "handle", "@author", "datetime", "date"],
    ],
    signs: ["reach", "url", "caption", "platform", "handle", "@author", "language"],
    fields: { platform: "platform", body: "text", caption: "caption", url: "url", language: "language", reach: "reach", nativeId: "id" },
    parties: [{ part: "author", roles: ["author", "owner", "from", "sender"], own: true }],
  },
  {
    kind: "account",
    needs: [
      ["handle", "account", "displayName"],
      ["followers", "displayName", "platform", "createdAt", "bio", "profileUrl"],
    ],
    signs: ["followers", "displayName", "platform", "createdAt", "bio", "profileUrl", "handle"],
    fields: {
      platform: "platform",
      username: "handle",
      displayName: "displayName",
      bio: "bio",
      createdAt: ["createdAt", "datetime"],
      followers: "followers",
      url: ["profileUrl", "url"],
      nativeId: ["account", "id"],
    },
    parties: [{ part: "owner", roles: ["owner"], own: true }],
  },
  {
    kind: "sighting",
    needs: [
      ["place", "lat"],
      ["officer", "circumstances"],
      ["datetime", "date"],
    ],
    signs: ["officer", "circumstances", "name", "plate"],
    fields: { ...POINT, circumstances: ["circumstances", "note", "text"], officer: "officer" },
    parties: [
      { part: "subject", roles: ["subject", "passenger"], own: true },
      { part: "associate", roles: ["associate"] },
      { part: "driver", roles: ["driver"] },
    ],
    items: ["plate"],
  },
  {
    kind: "event",
    needs: [
      ["event", "summary"],
      ["datetime", "date"],
    ],
    signs: ["event", "summary", "place", "lat", "lon", "endAt"],
    fields: { what: "event", ...POINT, summary: ["summary", "text", "note"], endAt: "endAt", nativeId: "id" },
    parties: [{ part: "participant", roles: ["subject", "passenger", "associate"], own: true }],
  },
  {
    kind: "location",
    needs: [["lat"], ["lon"], ["datetime", "date"]],
    signs: ["accuracy", "altitude", "place"],
    fields: { ...POINT, accuracyM: "accuracy", altitudeM: "altitude", endAt: "endAt" },
    parties: [{ part: "owner", roles: ["owner", "subject"], own: true }],
  },
  {
    kind: "contact",
    needs: [
      ["name", "givenName", "surname", "displayName", "organisation"],
      ["phone", "email", "birthDate", "document", "address", "street", "locality", "postcode", "nationality", "handle"],
    ],
    signs: ["phone", "email", "givenName", "surname", "organisation", "birthDate", "address", "otherName"],
    fields: { label: "name", organisation: "organisation", note: "note", group: "group", birthDate: "birthDate" },
    parties: [{ part: "contact", roles: ["owner", "subject", "accountHolder"], own: true }],
  },
  {
    kind: "person",
    needs: [
      ["name", "givenName", "surname"],
      ["birthDate", "socialNumber", "licence"],
      ["street", "houseNumber", "address", "locality", "postcode", "sex", "birthPlace", "email", "phone", "document", "socialNumber"],
    ],
    signs: [
      "givenName",
      "surname",
      "birthDate",
      "street",
      "houseNumber",
      "addressLine",
      "address",
      "locality",
      "region",
      "postcode",
      "country",
      "sex",
      "birthPlace",
      "socialNumber",
      "licence",
    ],
    fields: {
      fullName: "name",
      givenName: "givenName",
      middleName: "middleName",
      familyName: "surname",
      nativeName: "otherName",
      birthDate: "birthDate",
      birthPlace: "birthPlace",
      sex: "sex",
      address: "address",
      houseNumber: "houseNumber",
      street: "street",
      addressLine: "addressLine",
      locality: "locality",
      region: "region",
      postcode: "postcode",
      country: "country",
    },
    parties: [{ part: "subject", roles: ["subject", "owner", "accountHolder", "holder"], own: true }],
  },
]
