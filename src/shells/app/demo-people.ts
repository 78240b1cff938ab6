import type { InventedOrganisation, InventedPerson } from "#sign-in"

/** Who works together in the demonstration; the two security chains of the Kurdistan Region and federal Iraq are three. */
export const DEMO_ORGANISATIONS: readonly InventedOrganisation[] = [
  { id: "demo-uk", name: "UK agency", state: "GB", chain: null },
  { id: "demo-erbil", name: "Asayish Erbil", state: "IQ", chain: "Erbil" },
  { id: "demo-sulaymaniyah", name: "Asayish Sulaymaniyah", state: "IQ", chain: "Sulaymaniyah" },
  { id: "demo-iraq", name: "Federal Iraq", state: "IQ", chain: "federal" },
  { id: "demo-germany", name: "German agency", state: "DE", chain: null },
  { id: "demo-france", name: "French agency", state: "FR", chain: null },
]

/** Invented, each with one role, so that a visitor sees what each role sees and what it does not. */
export const DEMO_PEOPLE: readonly InventedPerson[] = [
  {
    id: "us_d3m00000000000000001",
    name: "Anna Whitcombe",
    team: "North Sea",
    organisation: "demo-uk",
    role: "analyst",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000002",
    name: "Dilan Harki",
    team: "Finance",
    organisation: "demo-erbil",
    role: "financial-investigator",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000003",
    name: "Shilan Baban",
    team: "Online",
    organisation: "demo-sulaymaniyah",
    role: "online-officer",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000004",
    name: "Owen Prydderch",
    team: "Devices",
    organisation: "demo-uk",
    role: "examiner",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000005",
    name: "Jonas Ahlgrimm",
    team: "Lübeck",
    organisation: "demo-germany",
    role: "operations-lead",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000006",
    name: "Maëlle Quéméner",
    team: "Parquet",
    organisation: "demo-france",
    role: "prosecutor",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000007",
    name: "Rafid al-Yasiri",
    team: "Baghdad",
    organisation: "demo-iraq",
    role: "disclosure-officer",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000008",
    name: "Grace Oyelaran",
    team: "Custody",
    organisation: "demo-uk",
    role: "authorising-officer",
    held: "investigation",
  },
  {
    id: "us_d3m00000000000000009",
    name: "Tom Ferrers",
    team: "Rights",
    organisation: "demo-uk",
    role: "data-protection-officer",
    held: "node",
  },
  { id: "us_d3m0000000000000000a", name: "Ruth Calloway", team: "Oversight", organisation: "demo-uk", role: "inspector", held: "node" },
  { id: "us_d3m0000000000000000b", name: "Sam Pickersgill", team: "Systems", organisation: "demo-uk", role: "administrator", held: "node" },
]
