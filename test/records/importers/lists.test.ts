import { expect, test } from "vitest"
import { ofacCsv, readRemarks } from "../../../src/stages/records/importers/ofac-csv.ts"
import { unXml } from "../../../src/stages/records/importers/un-xml.ts"
import { materialFrom, materialOf, reading, SHARED } from "../../support/material.ts"

const SDN = `1,"BEISPIEL, Max","individual","TEST","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 01 Feb 1970; POB Erbil, Iraq; nationality Iraq; Passport X1234567 (Iraq); a.k.a. 'MAXI'; Email Address max@example.org; Linked To: MUSTER LTD."
2,"MUSTERSCHIFF","vessel","TEST",-0- ,"AB12","Tug","100","50","Panama","Muster S.A.","Vessel Registration Identification IMO 9074729."
3,"MUSTER LTD.",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
x,"no number",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
4,"SHORT","individual"
5,"VIER",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
6,"FUENF",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
7,"SECHS",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
8,"SIEBEN",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
9,"ACHT",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
10,"NEUN",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- 
\u001a
`

test("SDN rows become listings; sure clauses of the remarks become identifiers", async () => {
  const material = await materialFrom(SDN, "sdn.csv")
  expect((await ofacCsv.claim(material))?.confidence).toBeGreaterThan(0.8)
  const read = await reading(ofacCsv, material)
  expect([read.records.length, read.rejects.length]).toEqual([9, 2])
  expect(read.records[0]).toMatchObject({
    kind: "listing",
    fields: {
      entryType: "individual",
      nameType: "primary",
      birthDate: "01 Feb 1970",
      birthPlace: "Erbil, Iraq",
      nationality: "Iraq",
      nativeId: "1",
    },
    parties: [
      {
        part: "subject",
        name: "BEISPIEL, Max",
        ids: [
          { type: "account", raw: "1", platform: "ofac" },
          { type: "document", raw: "X1234567", issuer: "IRQ" },
          { type: "name", raw: "MAXI" },
          { type: "email", raw: "max@example.org" },
        ],
      },
    ],
    extra: { title: "Director" },
  })
  expect(read.records[1]).toMatchObject({
    fields: { entryType: "vessel", vesselType: "Tug" },
    extra: { call_sign: "AB12", flag: "Panama" },
  })
  expect(read.rejects.map((reject) => reject.place.row)).toEqual([4, 5])
})

test("an unclear clause of the remarks makes no identifier", () => {
  expect(readRemarks("Passport expired long ago; Phone unknown; DOB circa 1960").ids).toEqual([])
  expect(readRemarks("DOB circa 1960; alt. DOB 1961").birthDates).toEqual(["circa 1960", "1961"])
})

test.skipIf(!SHARED)("shared data: the three files of the OFAC list are read whole", async () => {
  const counts: Record<string, number> = {}
  const types: Record<string, number> = {}
  for (const name of ["sdn", "alt", "add"]) {
    const material = await materialOf(`${SHARED}/watchlists/ofac-${name}.csv`, true)
    expect((await ofacCsv.claim(material))?.confidence).toBe(0.9)
    const read = await reading(ofacCsv, material)
    expect(read.rejects).toEqual([])
    counts[name] = read.records.length
    for (const record of read.records) {
      const type = (record.fields as { entryType?: string }).entryType
      if (type !== undefined) types[type] = (types[type] ?? 0) + 1
    }
  }
  expect(counts).toEqual({ sdn: 7379, alt: 9682, add: 11_696 })
  expect(types["vessel"]).toBe(323)
})

const entry = (id: number, body = "") =>
  `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>Max</FIRST_NAME><SECOND_NAME>Beispiel ${id}</SECOND_NAME>${body}</INDIVIDUAL>`
const FULL = entry(
  1,
  `<UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TEi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>ماكس مثال</NAME_ORIGINAL_SCRIPT><COMMENTS1>Invented &amp; harmless</COMMENTS1>
<NATIONALITY><VALUE>Iraq</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Maximus</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>M</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1974</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Erbil</CITY><COUNTRY>Iraq</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1234567</NUMBER><ISSUING_COUNTRY>Iraq</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>`,
)
const list = (...entries: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS>${entries.join("\n")}</INDIVIDUALS><ENTITIES><ENTITY><DATAID>9</DATAID><FIRST_NAME>Muster</FIRST_NAME><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Muster 2</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>\n`

test("an entry of the UN list gives its names by quality, its papers and what else stands there", async () => {
  const xml = list(FULL, entry(2))
  const read = await reading(unXml, await materialFrom(xml, "consolidated.xml"))
  expect([read.records.length, read.also.length, read.rejects.length]).toEqual([3, 3, 0])
  const [first] = read.records
  expect(first).toMatchObject({
    kind: "listing",
    place: { row: "1" },
    fields: {
      entryType: "individual",
      program: "Test",
      birthDate: "between 1973 1974",
      birthPlace: "Erbil, Iraq",
      nationality: "Iraq",
      remarks: "Invented & harmless",
    },
    parties: [
      {
        name: "Max Beispiel 1",
        ids: [
          { type: "account", raw: "1", platform: "un-sc" },
          { type: "name", raw: "ماكس مثال" },
          { type: "name", raw: "Maximus" },
          { type: "document", raw: "X1234567", issuer: "IRQ" },
        ],
      },
    ],
    extra: { REFERENCE_NUMBER: "TEi.001" },
  })
  expect(Buffer.from(xml).subarray(first!.place.byteStart, first!.place.byteEnd).toString()).toBe(FULL)
  expect(read.also.map((record) => [(record.fields as { nameType: string }).nameType, record.parties[0]!.name])).toEqual([
    ["strong alias", "Maximus"],
    ["weak alias", "M"],
    ["strong alias", "Muster 2"],
  ])
})

test("damage in one entry of the UN list costs that entry", async () => {
  const broken = entry(2).replace("</FIRST_NAME>", "")
  const read = await reading(unXml, await materialFrom(list(entry(1), broken, entry(3)), "un.xml"))
  expect(read.records.map((record) => record.place.row)).toEqual(["1", "3", "9"])
  expect(read.rejects).toMatchObject([{ code: "malformed" }])
})

test("a UN list that breaks off says so, inside an entry and between two", async () => {
  const xml = list(entry(1), entry(2))
  const inside = await reading(unXml, await materialFrom(xml.slice(0, xml.indexOf("Beispiel 2")), "un.xml"))
  expect(inside.rejects.map((reject) => reject.code)).toEqual(["truncated", "truncated"])
  const between = await reading(unXml, await materialFrom(xml.slice(0, xml.indexOf("<INDIVIDUAL>", 120)), "un.xml"))
  expect(between.rejects.map((reject) => reject.code)).toEqual(["truncated"])
})
