import { DAY, HOUR, MINUTE } from "./calendar.ts"
import type { App, Chat, Counterpart, Line } from "./contents.ts"
import type { Beat } from "./conversation.ts"
import { HOME_TOWNS, type Town, UK_TOWNS } from "./geography.ts"
import type { Language } from "./names.ts"
import type { World } from "./operation.ts"
import type { Topic } from "./phrases/categories.ts"
import type { Rng } from "./rng.ts"
import { ordinaryTopic, type Slots, say } from "./talk.ts"

export interface Pen {
  world: World
  rng: Rng
  /** Nothing is older or younger than the phone's life. */
  from: number
  to: number
  language: Language
  towns: readonly Town[]
  nextFile: number
}

export function penOf(world: World, rng: Rng, from: number, to: number, language: Language): Pen {
  return { world, rng, from, to, language, towns: [...HOME_TOWNS, ...UK_TOWNS.slice(0, 2)], nextFile: 1 }
}

const stamp = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll("-", "")

/** One line: words, or a voice note with or without a transcript, or a picture. */
function writeLine(
  pen: Pen,
  rng: Rng,
  at: number,
  from: number | null,
  topic: Topic,
  slots: Slots,
  app: App,
  language: Language,
  client: boolean,
): Line {
  const p = pen.world.draw.parameters
  // "ok" is typed and said alone: it is a word, not a sentence, and hardly ever a voice note.
  if (topic === "ok") return { at, from, body: say(rng, language, topic, slots, pen.towns, 0) }
  const body = say(rng, language, topic, slots, pen.towns, p.mixedLanguage)
  const line: Line = { at, from, body }
  if (rng.chance(0.015)) line.deleted = true
  if (app === "sms") return line
  if (rng.chance(client ? p.voiceClient : p.voiceElsewhere)) {
    const sigma = Math.log(Math.max(1.5, p.voiceP95S / p.voiceMedianS)) / 1.645
    const seconds = Math.max(1, Math.round(rng.logNormal(p.voiceMedianS, sigma)))
    const n = String(pen.nextFile++).padStart(4, "0")
    line.voice = { seconds, file: `PTT-${stamp(at)}-WA${n}.opus`, transcript: rng.chance(p.transcripts) ? body : null }
    line.body = null
  } else if (rng.chance(0.04)) {
    line.media = { file: `IMG-${stamp(at)}-WA${String(pen.nextFile++).padStart(4, "0")}.jpg`, type: "image/jpeg" }
    if (rng.chance(0.6)) line.body = null
  }
  return line
}

/** Moments of talk in bursts: a session, a few lines with minutes between, then nothing for days. */
export function moments(pen: Pen, n: number): number[] {
  const { rng } = pen
  const out: number[] = []
  while (out.length < n) {
    // More talk in the last weeks than in the first.
    let at = pen.from + (pen.to - pen.from) * rng.unit() ** 0.7
    // Most people sleep between one and seven; a few hours east of UTC on average.
    const hour = (Math.floor(at / HOUR) + 2) % 24
    if (hour >= 1 && hour < 7 && rng.chance(0.8)) at += (7 - hour + rng.integer(0, 14)) * HOUR
    for (let left = rng.geometric(7); left > 0 && out.length < n; left--) {
      if (at >= pen.to) break
      out.push(Math.round(at / 1000) * 1000)
      at += rng.logNormal(1.2, 1.2) * MINUTE
    }
  }
  return out.sort((a, b) => a - b)
}

/** Ordinary life: `n` lines of it between the holder and one other or a group. */
export function ordinaryLines(pen: Pen, n: number, others: number, app: App, language: Language): Line[] {
  const { rng, world } = pen
  let speaker: number | null = rng.chance(0.5) ? null : 0
  return moments(pen, n).map((at) => {
    if (rng.chance(0.55)) speaker = speaker === null ? rng.integer(0, others - 1) : null
    return writeLine(pen, rng, at, speaker, ordinaryTopic(rng, world.draw.parameters.okShare), {}, app, language, false)
  })
}

/** Codes and adverts that senders without a number send to everybody. */
export function senderLines(pen: Pen, n: number, language: Language): Line[] {
  return moments(pen, n).map((at) => ({ at, from: 0, body: say(pen.rng, language, "code", {}, pen.towns, 0) }))
}

/** The part of a script that falls into the phone's life, thinned to at most `most` beats but never of its last. */
export function clip(pen: Pen, beats: readonly Beat[], most: number): Beat[] {
  const inside = beats.filter((b) => b.at >= pen.from && b.at < pen.to).sort((a, b) => a.at - b.at)
  if (inside.length <= most) return inside
  const keep = new Set(pen.rng.sample([...inside.keys()].slice(0, -1), Math.max(0, most - 1)))
  return inside.filter((_, i) => keep.has(i) || i === inside.length - 1)
}

/**
 * Lines out of beats; `holder` says which side of the script holds this phone. The words hang on the pair's chance, not on the
 * phone's: the same message reads the same on both phones.
 */
export function scriptLines(
  pen: Pen,
  pair: Rng,
  beats: readonly Beat[],
  holder: "a" | "b",
  app: App,
  language: Language,
  client: boolean,
): Line[] {
  return beats.map((beat) => {
    const from = beat.by === holder ? null : 0
    const at = Math.round(beat.at / 1000) * 1000
    if (beat.act === "pin") {
      const town = beat.slots.place ?? HOME_TOWNS[0]!
      return { at, from, body: null, point: { lat: town.lat, lon: town.lon, name: town.latin } }
    }
    if (beat.act === "video")
      return {
        at,
        from,
        body: null,
        media: { file: `VID-${stamp(at)}-WA${String(pen.nextFile++).padStart(4, "0")}.mp4`, type: "video/mp4" },
      }
    return writeLine(pen, pair.fork(String(at)), at, from, beat.topic, beat.slots, app, language, client)
  })
}

/** Says in words, or in a voice note that was transcribed, that somebody is behind this. */
export function spokenLine(pen: Pen, at: number, from: number | null, nick: readonly [string, string], app: App, language: Language): Line {
  const tongue: Language = language === "emoji" ? "sorani" : language
  const line = writeLine(pen, pen.rng, at, from, "spoken", { nick }, app, tongue, true)
  if (line.voice) line.voice.transcript ??= say(pen.rng, tongue, "spoken", { nick }, pen.towns, 0)
  else line.body ??= say(pen.rng, tongue, "spoken", { nick }, pen.towns, 0)
  delete line.deleted
  return line
}

export function chatOf(id: string, app: App, others: Counterpart[], lines: Line[], title: string | null = null): Chat {
  return { id, app, group: others.length > 1, title, others, lines: lines.sort((a, b) => a.at - b.at) }
}

/** A phone's life begins months before it is seized. */
export function lifeOf(rng: Rng, seizedAt: number): number {
  return seizedAt - rng.uniform(90, 330) * DAY
}
