import type { Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Sink } from "../importer.ts"
import { elements, JsonBreak, type JsonElement } from "../json-stream.ts"
import { type Chat, chatRecord, isEntry, messageOf, textOf } from "../telegram/message.ts"
import { contactOf, listed, personalAccount } from "../telegram/owner.ts"
import { headText } from "../text-source.ts"

const LISTS = ["contacts", "frequent_contacts", "sessions", "web_sessions", "stories"]
const CHAT = ["name", "type", "id", "messages.*"]
const WANTED = [
  ...CHAT,
  "personal_information",
  "profile_pictures",
  "other_data",
  ...LISTS.map((list) => `${list}.list.*`),
  ...["chats", "left_chats"].flatMap((list) => CHAT.map((path) => `${list}.list.*.${path}`)),
]

/**
 * Telegram Desktop's `result.json`, of one chat or of a whole account. One unit: each message, each chat, each contact, session, frequent
 * contact and story, the account. A shared contact or position is a further record.
 */
export const telegramJson: Importer = {
  id: "telegram-json",
  version: 2,
  title: "Telegram export (JSON)",
  unknowns:
    "Fields of a message that have no column are kept as extra columns; kinds of service messages that are not known are kept as system messages.",

  async claim(material) {
    const head = headText(material.head, 65_536)
    if (!/^\s*\{/.test(head)) return null
    if (/"personal_information"\s*:/.test(head) && /"(chats|contacts|user_id)"\s*:/.test(head))
      return { confidence: 0.95, why: "Telegram's account export" }
    if (!/"messages"\s*:\s*\[/.test(head)) return null
    if (/"type"\s*:\s*"(message|service)"/.test(head) && /"(date_unixtime|from_id|text_entities)"\s*:/.test(head))
      return { confidence: 0.9, why: "Telegram's messages with their times" }
    return /"type"\s*:\s*"(personal_chat|(private|public)_(group|supergroup|channel)|bot_chat|saved_messages)"/.test(head)
      ? { confidence: 0.85, why: "a Telegram chat" }
      : null
  },

  async read(material, sink, context) {
    const reading = new Export(material.file, sink)
    try {
      for await (const element of elements(material.open(), WANTED)) {
        context.signal.throwIfAborted()
        for (const waiting of reading.take(element)) if (waiting) await waiting
      }
    } catch (error) {
      if (!(error instanceof JsonBreak)) throw error
      for (const waiting of reading.finish()) if (waiting) await waiting
      sink.seen(1)
      const place = { file: material.file, byteStart: error.byteStart, byteEnd: Math.max(error.byteStart, error.offset) }
      sink.reject({ place, code: error.code, reason: error.message, snippet: error.snippet })
      return
    }
    for (const waiting of reading.finish()) if (waiting) await waiting
    if (reading.units === 0) {
      sink.seen(1)
      sink.reject({
        place: { file: material.file },
        code: "unknown-structure",
        reason: "JSON without chats, messages or an account of Telegram",
      })
    }
  },
}

class Export {
  units = 0
  readonly #file: string
  readonly #sink: Sink
  #own: string | undefined
  #chat: Chat | undefined
  #chatPath = ""
  #chatPlace: Place | undefined
  #late = 0
  #unsound = 0

  constructor(file: string, sink: Sink) {
    this.#file = file
    this.#sink = sink
  }

  *take(element: JsonElement): Generator<Promise<void> | undefined> {
    const { path } = element
    const place: Place = { file: this.#file, row: `/${path.join("/")}`, byteStart: element.byteStart, byteEnd: element.byteEnd }
    if (!element.sound) this.#unsound++
    const inChat = path.length !== 1 || path[0] !== "personal_information"
    const owner = path[0] === "chats" || path[0] === "left_chats" ? path.slice(0, 3) : []
    const step = path[owner.length]
    if (inChat && CHAT.some((each) => each.split(".")[0] === step) && (owner.length > 0 || path.length <= 2))
      yield* this.#ofChat(element, owner.join("/"), step, place)
    else if (path[0] === "personal_information" && isEntry(element.value)) {
      this.#own = textOf(element.value.user_id)
      yield* this.#give(personalAccount(element.value, place), [])
    } else if (path[0] === "contacts" && isEntry(element.value)) yield* this.#give(contactOf(element.value, place), [])
    else if (element.fault) this.#refuse(element, place)
    else yield* this.#give(listed(String(path[0]), element.value, place), [])
  }

  /** The last chat, and what there is to say. */
  *finish(): Generator<Promise<void> | undefined> {
    yield* this.#close()
    if (this.#late > 0) this.#sink.note(`${this.#late} chats have their name or number behind their messages, which were read without it.`)
    if (this.#unsound > 0) this.#sink.note(`${this.#unsound} elements hold bytes that are not UTF-8; they stand as U+FFFD.`)
  }

  *#ofChat(element: JsonElement, path: string, step: string | number | undefined, place: Place): Generator<Promise<void> | undefined> {
    if (this.#chat === undefined || path !== this.#chatPath) {
      yield* this.#close()
      this.#chat = { id: undefined, name: undefined, type: undefined, messages: 0, late: false }
      this.#chatPath = path
      this.#chatPlace = { file: this.#file, row: path === "" ? "/" : `/${path}`, byteStart: element.byteStart, byteEnd: element.byteEnd }
    }
    const chat = this.#chat
    if (element.fault) this.#refuse(element, place)
    else if (step !== "messages") {
      if (chat.messages > 0) chat.late = true
      chat[step as "name" | "type" | "id"] = textOf(element.value)
      if (this.#chatPlace) this.#chatPlace.byteEnd = element.byteEnd
    } else if (isEntry(element.value)) {
      chat.messages++
      const { record, also } = messageOf(element.value, chat, this.#own, place)
      yield* this.#give(record, also)
    } else this.#refuse(element, place)
  }

  *#close(): Generator<Promise<void> | undefined> {
    if (!this.#chat || !this.#chatPlace) return
    if (this.#chat.late) this.#late++
    yield* this.#give(chatRecord(this.#chat, this.#chatPlace), [])
    this.#chat = undefined
  }

  *#give(record: SourceRecord, also: SourceRecord[]): Generator<Promise<void> | undefined> {
    this.units++
    this.#sink.seen(1)
    yield this.#sink.record(record)
    for (const further of also) yield this.#sink.also(further)
  }

  #refuse(element: JsonElement, place: Place): void {
    this.units++
    this.#sink.seen(1)
    const fault = element.fault ?? {
      code: "unknown-structure",
      reason: "a message that is not an object",
      snippet: JSON.stringify(element.value)?.slice(0, 200) ?? "",
    }
    this.#sink.reject({ place, ...fault })
  }
}
