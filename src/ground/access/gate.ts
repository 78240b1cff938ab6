import { createHmac, hash } from "node:crypto"
import type { Readable } from "node:stream"
import { append, type Json, PAYLOAD_LIMIT_BYTES } from "#journal"
import { canonical, type Job, type JobHandler, type Progress, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { isId } from "#vocabulary/ids"
import { banner, type Mark } from "#vocabulary/markings"
import { NEEDS, PURPOSE_IDS, PURPOSES, type Purpose } from "#vocabulary/roles"
import { nearest } from "./nearest.ts"
import { INTAKE_FOLDER, pathBeyond, pathIntoNode } from "./node-folder.ts"
import type { Bytes, Context, Procedure } from "./procedure.ts"
import { selectSetting } from "./settings.ts"
import {
  type Arrival,
  type Asking,
  type Caller,
  callerOf,
  findInvestigation,
  type Investigation,
  joinedMarking,
  openInvestigation,
  permits,
  type Sight,
  sightOf,
} from "./sight.ts"
import { stageUpload, type Upload } from "./staging.ts"
import { validate } from "./validate.ts"

export interface Request {
  input: unknown
  caller: Caller
  /** Why, in the caller's words; goes into the journal as the ground. */
  reason?: string | undefined
  /** What for; else what the need is usually for. Checked against the policy and what material may be used for. */
  purpose?: string | undefined
  signal?: AbortSignal | undefined
  progress?: ((progress: Progress) => void) | undefined
  /** For shape upload only. */
  upload?: { name: string; stream: AsyncIterable<Uint8Array> } | undefined
}

/** `mark` is null when the answer rests on no material; else its banner stands wherever the answer is shown. */
export type Answer =
  | { shape: "value"; value: unknown; mark: Mark | null }
  | { shape: "rows"; rows: AsyncIterable<unknown>; mark: Mark | null }
  | { shape: "bytes"; bytes: Bytes & { body: Readable | AsyncIterable<Uint8Array> }; mark: Mark | null }
  | { shape: "job"; job: string; mark: Mark | null }
  | { shape: "events"; events: AsyncIterable<unknown>; mark: Mark | null }

/** The one way in. Nothing else calls a procedure. */
export interface Gate {
  readonly store: Store
  readonly procedures: readonly Procedure[]
  find(name: string): Procedure
  /**
   * Validates, judges, journals, runs. Throws Failures: `invalid.*` naming the field, `refused.*`, and what the procedure
   * throws. A read's entry is committed before the answer leaves; a decision's with the state, or neither is.
   */
  invoke(name: string, request: Request): Promise<Answer>
  /** What the store's job worker runs: one handler per procedure of shape job. */
  readonly handlers: Readonly<Record<string, JobHandler>>
}

export interface GateOptions {
  store: Store
  procedures: readonly Procedure[]
  /** Checks answers against the declared output and breaks on a difference. For tests: a difference is a fault of ours. */
  checkOutput?: boolean
}

const ROWS_PER_LOOK = 500
/** Long enough to read what goes out, short enough that nobody else sat down at the desk. */
const PROOF_HOLDS_MS = 5 * 60_000

/** Makes the gate over an explicit list. Throws when two procedures share a name. */
export function gate({ store, procedures, checkOutput = false }: GateOptions): Gate {
  const byName = new Map(procedures.map((p) => [p.name, p]))
  if (byName.size !== procedures.length) throw new TypeError("two procedures of one name")
  const find = (name: string): Procedure => {
    const found = byName.get(name)
    if (found) return found
    const meant = nearest(name, byName.keys())
    throw new Failure("invalid.procedure-unknown", `There is no procedure ${name}.`, {
      at: name,
      ...(meant ? { hint: `Did you mean ${meant}?` } : {}),
    })
  }
  const handlers = Object.fromEntries(
    procedures
      .filter((p) => p.shape === "job")
      .map((p) => [p.name, ((job, context) => new Act(store, p, find, checkOutput).work(job, context)) as JobHandler]),
  )
  return { store, procedures, find, handlers, invoke: async (name, request) => invoke(store, find(name), find, request, checkOutput) }
}

type Find = (name: string) => Procedure

async function invoke(store: Store, procedure: Procedure, find: Find, request: Request, checkOutput: boolean): Promise<Answer> {
  const input = validate(procedure, request.input)
  const act = new Act(store, procedure, find, checkOutput)
  await act.admit(input, request)
  switch (procedure.shape) {
    case "value":
      return { shape: "value", value: await act.value(), mark: await act.mark() }
    case "upload": {
      if (!request.upload)
        throw new Failure("invalid.upload-missing", `${procedure.name} takes a file.`, {
          at: "upload",
          hint: "Send the file's bytes as the body.",
        })
      act.upload = await stageUpload(store, request.caller, request.upload)
      return { shape: "value", value: await act.value(), mark: await act.mark() }
    }
    case "job":
      return { shape: "job", job: await act.start(), mark: await act.mark() }
    case "bytes":
      await act.writeEntry(store.register.read)
      return { shape: "bytes", bytes: (await act.run(store.register.read)) as Bytes, mark: await act.mark() }
    case "rows":
      await act.writeEntry(store.register.read)
      // What an answer rests on is known when its first row is.
      return {
        shape: "rows",
        rows: await begun(act.stream(act.run(store.register.read) as AsyncIterable<unknown>)),
        mark: await act.mark(),
      }
    case "events":
      await act.writeEntry(store.register.read)
      return { shape: "events", events: act.stream(act.run(store.register.read) as AsyncIterable<unknown>), mark: await act.mark() }
  }
}

/** Waits for the first row, so that what fails before any was made fails as a whole. */
async function begun<T>(rows: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = rows[Symbol.asyncIterator]()
  const first = await iterator.next()
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  })()
}

/** What a job's row keeps beside caller, investigation and classes. */
interface JobInput {
  input: Record<string, Json>
  reason: string | null
  purpose: string
  arrival: Arrival
  /** The result names people as an analysis saw them. */
  names: boolean
}

/** One action from admission to its entry. */
class Act {
  upload: Upload | undefined
  private readonly store: Store
  private readonly procedure: Procedure
  private readonly find: Find
  private readonly checkOutput: boolean
  private readonly at: number
  private readonly notes: Json[] = []
  private written = false
  private input: Record<string, unknown> = {}
  private caller!: Caller
  private investigation: Investigation | undefined
  private sight!: Sight
  private reason: string | undefined
  private purpose!: Purpose
  private rested: Set<number> | undefined
  private signal: AbortSignal = new AbortController().signal
  private progress: (progress: Progress) => void = () => undefined
  private open: Tx | undefined
  private job: string | undefined

  constructor(store: Store, procedure: Procedure, find: Find, checkOutput: boolean) {
    this.store = store
    this.procedure = procedure
    this.find = find
    this.checkOutput = checkOutput
    this.at = store.clock()
  }

  /** Finds the investigation, asks policy, works out the sight. A refusal is written down before it is told. */
  async admit(
    input: Record<string, unknown>,
    request: Pick<Request, "caller" | "reason" | "purpose" | "signal" | "progress">,
    queued = false,
  ): Promise<void> {
    this.input = input
    // What he holds now, not what he held when he came in.
    this.caller = request.caller
    this.caller = await this.renewed().catch((error: unknown) => {
      if (error instanceof Failure && error.kind === "refused")
        return this.refuse(error.code as `refused.${string}`, error.message, "Sign in.")
      throw error
    })
    this.reason = request.reason
    this.purpose = this.purposeOf(request.purpose)
    this.signal = request.signal ?? this.signal
    this.progress = request.progress ?? this.progress
    const { read } = this.store.register
    if (this.procedure.effect === "outside" && this.caller.via === "token")
      await this.refuse(
        "refused.token-outside",
        "A token is not enough for what reaches people beyond this node.",
        "Do it in the workplace, where you prove who you are.",
      )
    if (this.procedure.effect === "outside" && this.caller.via === "local")
      await this.refuse(
        "refused.second-person",
        "What reaches people beyond this node needs the approval of a second person of another team.",
        "There is only one user on this node: let people sign in first.",
      )
    const { provedAt } = this.caller
    if (this.procedure.proves && !queued && this.caller.via !== "local" && (provedAt === null || this.at - provedAt > PROOF_HOLDS_MS))
      await this.refuse("refused.prove-again", "This is only for somebody who has just proved who he is.", "Prove it again, then repeat.")
    const named = input.investigation
    if (typeof named === "string") {
      this.investigation = (await findInvestigation(read, this.caller, named)) ?? undefined
      if (!this.investigation && this.procedure.opens && !isId("in_", named)) this.investigation = await this.openNamed(named)
      if (!this.investigation)
        await this.refuse(
          "refused.investigation",
          `You work in no investigation ${named}.`,
          "Open it (investigations open --name …), or ask its lead for a role.",
        )
    }
    const verdict = permits(this.caller, this.asking())
    if (!verdict.allowed) await this.refuse(`refused.${this.procedure.needs}`, verdict.why, "Ask whoever grants roles there.")
    if (this.caller.via !== "local") {
      const beyond = pathBeyond(this.procedure, input, await selectSetting(read, INTAKE_FOLDER))
      if (beyond !== null)
        await this.refuse(
          "refused.path",
          `The node reads no file of its machine for you: ${beyond}`,
          "Hand the file in (evidence stage), or ask the administrator for an intake folder.",
        )
    }
    const own = pathIntoNode(this.procedure, input, this.store.folder)
    if (own !== null)
      await this.refuse(
        "refused.node-folder",
        `What the node itself keeps is not taken in or looked at: ${own}`,
        "Name a file or folder beside it.",
      )
    this.sight = await sightOf(read, this.caller, this.asking())
  }

  private asking(): Asking {
    return { need: this.procedure.needs, purpose: this.purpose, at: this.at, investigation: this.investigation }
  }

  private purposeOf(given: string | undefined): Purpose {
    if (given === undefined) return NEEDS[this.procedure.needs].purpose
    const known = PURPOSE_IDS.find((id) => id === given)
    if (!known)
      throw new Failure("invalid.purpose", `"${given}" is no purpose for which this node is asked.`, {
        at: "purpose",
        hint: `Give one of: ${Object.entries(PURPOSES)
          .map(([id, title]) => `${id} (${title})`)
          .join("; ")}.`,
      })
    return known
  }

  /** The marking of all that the answer rests on: of what the procedure named, else of the whole sight. */
  async mark(): Promise<Mark | null> {
    const classes = this.restedOn()
    const { withheld } = this.sight
    if (classes.length === 0 && withheld.length === 0) return null
    const marking = await joinedMarking(this.store.register.read, classes)
    return { marking, banner: banner(marking), withheld: [...withheld] }
  }

  private restedOn(): readonly number[] {
    return this.rested ? [...this.rested] : this.sight.classes
  }

  private async openNamed(name: string): Promise<Investigation> {
    const verdict = permits(this.caller, { need: "open", purpose: this.purpose })
    if (!verdict.allowed) await this.refuse("refused.open", verdict.why, "Ask whoever opens investigations here.")
    const { register } = this.store
    const opened = await register.transaction(async (tx) => {
      const made = await openInvestigation(tx, this.caller, { name, at: this.at })
      await append(tx, {
        kind: "decision",
        actor: this.caller.id,
        at: this.at,
        investigation: made.id,
        procedure: this.procedure.name,
        payload: { opened: made.name },
      })
      return made
    })
    this.caller = await this.renewed()
    return opened
  }

  /** The caller with what he holds now. */
  private renewed(): Promise<Caller> {
    return callerOf(this.store.register.read, this.caller.id, this.caller)
  }

  private async refuse(code: `refused.${string}`, message: string, hint: string): Promise<never> {
    await append(this.store.register.read, { ...this.entry(), kind: "consultation", payload: this.payload({ refused: code }) })
    throw new Failure(code, message, { at: this.procedure.name, hint })
  }

  /** A value: for a decision in one transaction with its entry, else with the entry committed before it is returned. */
  async value(): Promise<unknown> {
    const { register } = this.store
    if (this.procedure.effect !== "read") {
      return register.transaction(async (tx) => {
        this.open = tx
        try {
          const value = this.checked(await this.run(tx))
          await this.writeEntry(tx)
          return value
        } finally {
          this.open = undefined
        }
      }, this.sight.classes)
    }
    try {
      const value = this.checked(await this.run(register.read))
      await this.writeEntry(register.read)
      return value
    } catch (error) {
      if (error instanceof Failure && error.kind !== "unavailable" && !this.written) {
        this.notes.push({ failed: error.code })
        await this.writeEntry(register.read)
      }
      throw error
    }
  }

  /** Queues the job and its entry together. */
  async start(): Promise<string> {
    return this.store.register.transaction(async (tx) => {
      const { via, provedAt, scopes } = this.caller
      const input: JobInput = {
        input: this.input as Record<string, Json>,
        reason: this.reason ?? null,
        purpose: this.purpose,
        arrival: { via, provedAt, scopes },
        names: this.procedure.names,
      }
      const job = await this.store.jobs.start(tx, {
        kind: this.procedure.name,
        input,
        caller: this.caller.id,
        investigation: this.investigation?.id,
        classes: this.sight.classes,
      })
      this.notes.push({ job })
      await this.writeEntry(tx)
      return job
    })
  }

  /** Does a queued job for the caller who asked, if he may still. */
  async work(job: Job, context: { progress(progress: Progress): void; signal: AbortSignal }): Promise<unknown> {
    const { input, reason, purpose, arrival } = job.input as JobInput
    const caller = await callerOf(this.store.register.read, job.caller, arrival)
    const asked = job.investigation === null ? input : { ...input, investigation: job.investigation }
    const { signal } = context
    await this.admit(asked, { caller, purpose, reason: reason ?? undefined, signal, progress: (p) => context.progress(p) }, true)
    this.input = input
    this.job = job.id
    if (job.classes !== "all") this.mustStillSee(job.classes)
    this.written = true
    return this.checked(await this.run(this.store.register.read))
  }

  run(tx: Tx): unknown {
    return this.procedure.run(this.context(tx), this.input)
  }

  /** Passes rows on, and looks every few hundred whether they may still be seen. */
  async *stream(rows: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    let passed = 0
    for await (const row of rows) {
      if (this.signal.aborted) return
      if (++passed % ROWS_PER_LOOK === 0) await this.lookAgain()
      yield this.checked(row)
    }
  }

  async writeEntry(tx: Tx): Promise<void> {
    await append(tx, { ...this.entry(), payload: this.payload() })
    this.written = true
  }

  private context(tx: Tx): Context {
    const act = this
    return {
      store: this.store,
      caller: this.caller,
      get sight() {
        return act.sight
      },
      investigation: this.investigation,
      tx,
      at: this.at,
      signal: this.signal,
      job: this.job,
      reason: this.reason,
      purpose: this.purpose,
      rests: (classes) => {
        this.rested ??= new Set()
        for (const id of classes) this.rested.add(id)
      },
      rested: () => this.restedOn(),
      upload: this.upload,
      progress: (fraction, words, counts) => this.progress({ fraction, words, ...(counts ? { counts } : {}) }),
      find: this.find,
      journal: (note) => this.note(note),
      commit: (note, run, recipients) => this.commit(note, run, recipients),
      lookAgain: () => this.lookAgain(),
    }
  }

  private async note(note: Json, tx: Tx = this.store.register.read): Promise<void> {
    if (this.written) await append(tx, { ...this.entry(), payload: { note: fitting(note) } })
    else this.notes.push(note)
  }

  private async commit<T>(note: Json, run: (tx: Tx) => Promise<T>, recipients?: readonly string[]): Promise<T> {
    const disclosure = recipients ? { kind: "disclosure" as const, recipients } : {}
    if (this.open && !recipients) {
      const done = await run(this.open)
      this.notes.push(note)
      return done
    }
    const both = async (tx: Tx) => {
      const done = await run(tx)
      await append(tx, { ...this.entry(), ...disclosure, payload: { note: fitting(note) } })
      return done
    }
    return this.open ? both(this.open) : this.store.register.transaction(both, this.sight.classes)
  }

  private async lookAgain(): Promise<Sight> {
    const before = this.sight.classes
    this.caller = await this.renewed()
    if (!permits(this.caller, this.asking()).allowed) throw sightLost()
    this.sight = await sightOf(this.store.register.read, this.caller, this.asking())
    this.mustStillSee(before)
    return this.sight
  }

  private mustStillSee(classes: readonly number[]): void {
    const now = new Set(this.sight.classes)
    if (classes.some((c) => !now.has(c))) throw sightLost()
  }

  private entry() {
    const { procedure, caller, investigation, reason, at, purpose } = this
    // DPA 2018 s.62(3): a disclosure's entry names its recipients; where none is stated, whoever takes it out.
    const stated = procedure.entry === "disclosure" ? procedure.recipients(this.input) : []
    return {
      ...(procedure.entry === "disclosure" ? { recipients: stated.length > 0 ? stated : [caller.organisation] } : {}),
      kind: procedure.entry,
      actor: caller.id,
      at,
      investigation: investigation?.id,
      procedure: procedure.name,
      ground: groundOf(reason),
      purpose,
    }
  }

  private payload(more: { [key: string]: Json } = {}): Json {
    const about = this.procedure.about(this.input)
    return {
      ...more,
      input: fitting(this.writtenInput()),
      ...(about.length > 0 ? { about: fitting([...about]) } : {}),
      ...(this.notes.length > 0 ? { notes: fitting(this.notes) } : {}),
    }
  }

  private writtenInput(): Json {
    const input = { ...this.input } as Record<string, Json>
    for (const field of this.procedure.unwritten)
      if (input[field] !== undefined)
        input[field] = { keyed: createHmac("sha256", this.store.nodeKey).update(canonical(input[field])).digest("hex") }
    return input
  }

  private checked(value: unknown): unknown {
    if (!this.checkOutput || this.procedure.shape === "bytes") return value
    const parsed = this.procedure.output.safeParse(value)
    if (!parsed.success) throw new Error(`${this.procedure.name} answered what it does not declare: ${parsed.error.message}`)
    return value
  }
}

const sightLost = () =>
  new Failure("conflict.sight-lost", "What you may see changed while this was running.", {
    hint: "Start again: you get what you may see now.",
  })

/** A reason of any length is welcome; the header keeps one line of it. */
const groundOf = (reason: string | undefined): string | undefined =>
  reason
    ?.toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 500)
    .toWellFormed() || undefined

/** What would not fit into an entry is named by its hash and size. */
function fitting(value: Json): Json {
  const text = canonical(value)
  if (text.length * 3 < PAYLOAD_LIMIT_BYTES / 2 || Buffer.byteLength(text) < PAYLOAD_LIMIT_BYTES / 2 - 1000) return value
  return { sha256: hash("sha256", text), sizeBytes: Buffer.byteLength(text) }
}
