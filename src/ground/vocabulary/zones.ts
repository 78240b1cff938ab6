/** Local times of named zones (IANA), by the zone data of the runtime. */

const FORMATS = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = FORMATS.get(zone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, timeZoneName: "longOffset" })
    } catch {
      format = null
    }
    FORMATS.set(zone, format)
  }
  return format
}

export function isZone(zone: string): boolean {
  return formatOf(zone) !== null
}

const QUARTER = 900_000
const OFFSETS = new Map<string, number>()

/** Offset from UTC in milliseconds at a moment. Offsets change on quarters of an hour, so that one answer serves for one. */
function offsetAt(zone: string, ms: number): number {
  const quarter = Math.floor(ms / QUARTER)
  const key = `${zone}|${quarter}`
  const known = OFFSETS.get(key)
  if (known !== undefined) return known
  const name = formatOf(zone)?.format(quarter * QUARTER) ?? ""
  const parts = /GMT(?:([+-])(\d{2}):?(\d{2})(?::(\d{2}))?)?$/.exec(name)
  const size = (Number(parts?.[2] ?? 0) * 3600 + Number(parts?.[3] ?? 0) * 60 + Number(parts?.[4] ?? 0)) * 1000
  const offset = parts?.[1] === "-" ? -size : size
  if (OFFSETS.size > 50_000) OFFSETS.clear()
  OFFSETS.set(key, offset)
  return offset
}

/**
 * UTC of a local time given as if it were UTC. When clocks went back the earlier of the two is taken; when they went forward and the
 * time never was, it is moved on by the gap; `note` says so.
 */
export function fromLocal(localMs: number, zone: string): { ms: number; note: string } {
  const before = offsetAt(zone, localMs - 86_400_000)
  const after = offsetAt(zone, localMs + 86_400_000)
  const hits = [before, after].map((offset) => ({ ms: localMs - offset, offset })).filter(({ ms, offset }) => offsetAt(zone, ms) === offset)
  if (hits.length === 0) return { ms: localMs - before, note: `no such local time in ${zone}: clocks went forward` }
  if (hits.length === 2 && hits[0]!.ms !== hits[1]!.ms)
    return { ms: hits[0]!.ms, note: `this local time came twice in ${zone}: the first is taken` }
  return { ms: hits[0]!.ms, note: "" }
}
