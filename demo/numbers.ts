import type { Rng } from "./rng.ts"

/**
 * Where invented numbers come from. Ranges reserved for fiction where the regulator has one; elsewhere a prefix that no
 * operator holds, so that no number can ring.
 * GB: Ofcom, numbers for drama, 07700 900000-900999. DE: Bundesnetzagentur, 030 23125000-999. FR: Arcep, 06 39 98 xx xx.
 * SE: PTS, 070-174 06 05 to 06 99. IQ: 0736 (operators hold 75, 76, 77, 78, 79 and fixed wireless 74). TR: 0560 (mobile
 * plan: 50, 53-55, 561). IR: 0980 (mobile plan: 90-93, 99). AF: 075 (operators hold 70-74, 76-79). VN: 080 (retired to
 * government landlines, no mobile block). AL: 060 (mobile plan: 66-69).
 */
const RANGES = {
  GB: { code: "44", national: "7700900", free: 3, trunk: "0" },
  DE: { code: "49", national: "3023125", free: 3, trunk: "0" },
  FR: { code: "33", national: "63998", free: 4, trunk: "0" },
  IQ: { code: "964", national: "736", free: 7, trunk: "0" },
  TR: { code: "90", national: "560", free: 7, trunk: "0" },
  IR: { code: "98", national: "980", free: 7, trunk: "0" },
  AF: { code: "93", national: "75", free: 7, trunk: "0" },
  VN: { code: "84", national: "80", free: 7, trunk: "0" },
  AL: { code: "355", national: "60", free: 7, trunk: "0" },
} as const

export type Country = keyof typeof RANGES
const COUNTRIES = Object.keys(RANGES) as Country[]

/** True when an E.164 number lies in a range from which this generator draws. */
export function inReservedRange(e164: string): boolean {
  return Object.values(RANGES).some(
    (r) => e164.startsWith(`+${r.code}${r.national}`) && e164.length === 1 + r.code.length + r.national.length + r.free,
  )
}

/** The dialling form without country code, as a phone in that country saves it. */
export function nationalForm(e164: string): string {
  for (const r of Object.values(RANGES)) if (e164.startsWith(`+${r.code}${r.national}`)) return r.trunk + e164.slice(1 + r.code.length)
  return e164
}

export function countryOf(e164: string): Country {
  return COUNTRIES.find((c) => e164.startsWith(`+${RANGES[c].code}${RANGES[c].national}`)) ?? "IQ"
}

/** Hands out each number once, in an order that looks random: index × odd step + offset, modulo the size of the range. */
export class Exchange {
  #rng: Rng
  #used = new Map<Country, { next: number; step: number; offset: number }>()
  constructor(rng: Rng) {
    this.#rng = rng
  }
  /** A fresh E.164 number; a country whose range is used up gives an Iraqi one. */
  number(country: Country): string {
    const range = RANGES[country]
    const size = 10 ** range.free
    let state = this.#used.get(country)
    if (!state) {
      const fork = this.#rng.fork(`numbers/${country}`)
      // Coprime to 10^n: ends in 1, 3, 7 or 9.
      state = { next: 0, step: fork.integer(size / 20, size / 10 - 1) * 10 + fork.pick([1, 3, 7, 9]), offset: fork.integer(0, size - 1) }
      this.#used.set(country, state)
    }
    if (state.next >= size) {
      if (country === "IQ") throw new RangeError("the Iraqi range is used up")
      return this.number("IQ")
    }
    const index = (state.next++ * state.step + state.offset) % size
    return `+${range.code}${range.national}${String(index).padStart(range.free, "0")}`
  }
}

const luhn = (digits: string): number => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i])
    if (i % 2 === 0) d = d * 2 > 9 ? d * 2 - 9 : d * 2
    sum += d
  }
  return (10 - (sum % 10)) % 10
}

/** Device and SIM numbers from the blocks for test equipment: TAC 00 1018xx (GSMA test), MCC 001 (ITU test network). */
export function deviceNumbers(rng: Rng): { imei: string; imsi: string; iccid: string; serial: string } {
  const imei = `001018${rng.digits(8)}`
  const iccid = `8999901${rng.digits(11)}`
  return { imei: imei + luhn(imei), imsi: `00101${rng.digits(10)}`, iccid: iccid + luhn(iccid), serial: `R${rng.hex(10).toUpperCase()}` }
}
