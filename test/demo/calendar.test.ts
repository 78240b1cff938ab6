import { expect, test } from "vitest"
import { DAY, launchDays, longestLull, makeDays } from "../../demo/calendar.ts"
import { ACTIVE_DAYS_BY_MONTH, drawParameters, nominal, PARAMETER_NAMES, type Parameters } from "../../demo/parameters.ts"
import { rngOf } from "../../demo/rng.ts"

const asMeasured = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, nominal(name, "S")])) as Parameters
const years = makeDays(asMeasured, rngOf("forty years"), Date.UTC(1980, 0, 1), Date.UTC(2020, 0, 1))

test("days with arrivals come as often in each month as was measured", () => {
  ACTIVE_DAYS_BY_MONTH.forEach((percent, month) => {
    const days = years.filter((d) => new Date(d.at).getUTCMonth() === month)
    const share = (100 * days.filter((d) => d.active).length) / days.length
    // A lull that is cut short and the chain's memory of the month before move a month by a few points.
    expect(Math.abs(share - percent), `month ${month + 1}: ${share.toFixed(1)} against ${percent}`).toBeLessThan(6)
  })
})

test("an active day follows an active day, and an idle one an idle one, as often as was measured", () => {
  let stays = { active: 0, idle: 0 }
  let all = { active: 0, idle: 0 }
  for (let i = 1; i < years.length; i++) {
    const before = years[i - 1]!.active ? "active" : "idle"
    const same = years[i]!.active === years[i - 1]!.active
    all = { ...all, [before]: all[before] + 1 }
    stays = { ...stays, [before]: stays[before] + (same ? 1 : 0) }
  }
  expect(Math.abs(stays.active / all.active - 0.63)).toBeLessThan(0.04)
  expect(Math.abs(stays.idle / all.idle - 0.75)).toBeLessThan(0.04)
})

test("boats on an active day have the measured mean and are as bunched as measured", () => {
  const boats = years.filter((d) => d.active).map((d) => d.boats)
  const mean = boats.reduce((a, b) => a + b, 0) / boats.length
  const variance = boats.reduce((a, b) => a + (b - mean) ** 2, 0) / boats.length
  // At least one boat on an active day lifts the mean a little.
  expect(mean).toBeGreaterThan(4.8)
  expect(mean).toBeLessThan(5.8)
  expect(variance / mean).toBeGreaterThan(2.6)
  expect(variance / mean).toBeLessThan(4.2)
})

test("no lull is longer than the longest measured", () => {
  let run = 0
  for (const day of years) {
    run = day.active ? 0 : run + 1
    expect(run).toBeLessThanOrEqual(28)
  }
})

test("groups launch on active days only, on Saturdays about as often as measured", () => {
  let saturdays = 0
  let all = 0
  for (let seed = 0; seed < 60; seed++) {
    const draw = { ...drawParameters(seed, "S"), parameters: asMeasured }
    const days = makeDays(asMeasured, rngOf(`days/${seed}`))
    const active = new Set(days.filter((d) => d.active).map((d) => d.at))
    for (const at of launchDays(days, draw, rngOf(`launches/${seed}`))) {
      expect(active.has(at)).toBe(true)
      all++
      if (new Date(at).getUTCDay() === 6) saturdays++
    }
  }
  expect(all).toBe(60 * 40)
  expect(Math.abs(saturdays / all - 0.21)).toBeLessThan(0.04)
})

test("nobody arrives in the lull that a raid falls into", () => {
  const days = makeDays(asMeasured, rngOf("lull"))
  const lull = longestLull(days)
  expect(lull.to - lull.from).toBeGreaterThanOrEqual(3 * DAY)
  expect(days.filter((d) => d.at >= lull.from && d.at < lull.to && d.active)).toEqual([])
})
