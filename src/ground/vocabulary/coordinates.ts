/** Positions as written in messages, links, photographs and reports. WGS 84, degrees, north and east positive. */
import { tidy } from "./digits.ts"

export type PositionReading =
  | { ok: true; lat: number; lon: number; form: "decimal" | "sexagesimal" | "geo" | "link"; notes: string[] }
  | { ok: false; reason: string; raw: string }

const PAIR = String.raw`(-?\d{1,3}(?:\.\d+)?)\s*(?:,|%2C|;)\s*(-?\d{1,3}(?:\.\d+)?)`

/** Where map services put a position in an address. The place of a pin comes before the middle of the screen. */
const IN_LINK: readonly RegExp[] = [
  /!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)/i,
  /[?&]mlat=(-?\d{1,3}(?:\.\d+)?)&mlon=(-?\d{1,3}(?:\.\d+)?)/i,
  new RegExp(`[?&](?:q|query|ll|sll|daddr|destination|center|cp|loc|coordinate|latlng)=(?:loc:)?${PAIR}`, "i"),
  new RegExp(`/(?:place|search|dir)/(?:[^/]*/)*${PAIR}`, "i"),
  new RegExp(`/@${PAIR}`, "i"),
  /#map=\d+(?:\.\d+)?\/(-?\d{1,3}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)/i,
]

const PLAIN = /^[([]?\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS])?\s*(?:[,;/|]|\s)\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?\s*[)\]]?$/i
const LETTERED = /^([NS])\s*(\d{1,3}(?:\.\d+)?)\s*°?\s*[,;]?\s*([EW])\s*(\d{1,3}(?:\.\d+)?)\s*°?$/i
const DEGREES = String.raw`(\d{1,3})\s*[°ºd:\s]\s*(\d{1,2}(?:\.\d+)?)\s*(?:['′’m:\s]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”s]|''|′′)?)?)?`
const BEHIND = new RegExp(String.raw`^${DEGREES}\s*([NS])\s*[,;]?\s*${DEGREES}\s*([EW])$`, "i")
const BEFORE = new RegExp(String.raw`^([NS])\s*${DEGREES}\s*[,;]?\s*([EW])\s*${DEGREES}$`, "i")

function fromDegrees(degrees: string, minutes: string, seconds: string | undefined, letter: string): number | null {
  if (Number(minutes) >= 60 || Number(seconds ?? 0) >= 60) return null
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds ?? 0) / 3600
  return /[SW]/i.test(letter) ? -size : size
}

/**
 * Reads decimal degrees, degrees with minutes and seconds, `geo:` (RFC 5870) and addresses of map services. Latitude stands first
 * unless letters say otherwise. 0,0 is refused: it is what devices write when they do not know. Does not throw.
 */
export function readPosition(raw: string): PositionReading {
  const text = tidy(raw).replaceAll("٫", ".").replaceAll("،", ",").replace(/−/g, "-")
  const refuse = (reason: string): PositionReading => ({ ok: false, reason, raw })
  const accept = (lat: number | null, lon: number | null, form: "decimal" | "sexagesimal" | "geo" | "link"): PositionReading => {
    if (lat === null || lon === null) return refuse("sixty minutes or seconds and more")
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return refuse("no such place on Earth")
    if (lat === 0 && lon === 0) return refuse("0,0: written where no position is known")
    return { ok: true, lat, lon, form, notes: Number.isInteger(lat) && Number.isInteger(lon) ? ["whole degrees: within some 100 km"] : [] }
  }
  if (text === "") return refuse("empty")
  if (text.length > 2000) return refuse("far too long for a position")
  const geo = /^geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)/i.exec(text)
  if (geo) {
    const pin = /[?&]q=(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)/.exec(text)
    const [, lat, lon] = pin && Number(geo[1]) === 0 && Number(geo[2]) === 0 ? pin : geo
    return accept(Number(lat), Number(lon), "geo")
  }
  const address = /https?:\/\/\S+/i.exec(text)?.[0]
  if (address) {
    for (const form of IN_LINK) {
      const found = form.exec(address)
      if (found) return accept(Number(found[1]), Number(found[2]), "link")
    }
    return refuse("an address without a position in it")
  }
  const plain = PLAIN.exec(text)
  if (plain) {
    const lat = Number(plain[1]) * (/s/i.test(plain[2] ?? "") ? -1 : 1)
    return accept(lat, Number(plain[3]) * (/w/i.test(plain[4] ?? "") ? -1 : 1), "decimal")
  }
  const lettered = LETTERED.exec(text)
  if (lettered)
    return accept(
      Number(lettered[2]) * (/s/i.test(lettered[1]!) ? -1 : 1),
      Number(lettered[4]) * (/w/i.test(lettered[3]!) ? -1 : 1),
      "decimal",
    )
  const behind = BEHIND.exec(text)
  if (behind)
    return accept(
      fromDegrees(behind[1]!, behind[2]!, behind[3], behind[4]!),
      fromDegrees(behind[5]!, behind[6]!, behind[7], behind[8]!),
      "sexagesimal",
    )
  const before = BEFORE.exec(text)
  if (before)
    return accept(
      fromDegrees(before[2]!, before[3]!, before[4], before[1]!),
      fromDegrees(before[6]!, before[7]!, before[8], before[5]!),
      "sexagesimal",
    )
  return refuse("not a form of position that is known here")
}
