import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import type * as oidc from "openid-client"
import { append, type Json } from "#journal"
import { canonical, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { type Aim, type Flow, Flows } from "./flows.ts"
import { askForPasskey, askToSign, hearPasskey, keepPasskey, type Site } from "./passkeys.ts"
import { askProvider, discover, hearProvider, type Identity } from "./provider.ts"
import { digestOf, isSecret } from "./secret.ts"
import { beginSession, proveSession, type Session } from "./sessions.ts"
import { type Provider, settingsOf } from "./settings.ts"
import { insertIdentity, redeemInvitation, selectBound, selectInvitation, selectPresent } from "./sql.ts"

/** What somebody at the door wants. `code` is an invitation's. */
export type Wish = { for: "sign-in" } | { for: "prove" | "add"; session: Session } | { for: "enrol"; code: string }

/** How it ended: with a session that begins, or with one that goes on. */
export interface Admission {
  /** The secret of a new session; null when the one there was goes on. */
  secret: string | null
  back: string
}

type Told =
  | { register: true; options: PublicKeyCredentialCreationOptionsJSON }
  | { register: false; options: PublicKeyCredentialRequestOptionsJSON }

/** Who was refused, as far as it is known. */
interface About {
  person?: string
  note?: { [key: string]: Json }
}

/** An add or a proof of a new way in follows a fresh proof of who asks. */
const FRESH_MS = 5 * 60_000
const PASSKEY_LABEL = "passkey"

/**
 * Where people come in. Each way is two steps, asked and answered, bound to one browser by the flow's secret. Whatever is refused is
 * an entry, as is whatever opens.
 */
export class Reception {
  private readonly store: Store
  private readonly flows: Flows
  private known: { key: string; configuration: oidc.Configuration } | null = null

  constructor(store: Store) {
    this.store = store
    this.flows = new Flows(store.clock)
  }

  /** Begins a way through the provider. `redirect`: where the provider sends the browser back. */
  async askProvider(wish: Wish, redirect: string, back: string): Promise<{ flow: string; address: string }> {
    return this.refusing(wish.for, async (about) => {
      const aim = await this.aimOf(wish, about)
      const { provider } = await settingsOf(this.store.register.read)
      if (!provider)
        throw new Failure("refused.no-provider", "This node has no provider of identities.", { hint: "Sign in with a passkey." })
      const { address, ...asked } = await askProvider(await this.configuration(provider), redirect, aim.kind === "prove")
      return { flow: this.flows.begin({ aim, back, provider: asked }), address }
    })
  }

  /** Ends it with what the browser brought back. */
  async hearProvider(secret: string | null, query: string): Promise<Admission> {
    const flow = this.flows.take(secret)
    return this.refusing(flow?.aim.kind ?? "sign-in", async (about) => {
      if (!flow?.provider) throw over()
      const { provider } = await settingsOf(this.store.register.read)
      if (!provider) throw over()
      const identity = await hearProvider(await this.configuration(provider), flow.provider, query)
      about.note = { issuer: identity.issuer, subject: identity.subject }
      return this.store.register.transaction((tx) => this.admitIdentity(tx, flow, identity, about))
    })
  }

  /** Asks a browser to make a passkey, or to sign with one. */
  async askPasskey(wish: Wish, site: Site, back: string): Promise<{ flow: string } & Told> {
    return this.refusing(wish.for, async (about) => {
      const aim = await this.aimOf(wish, about)
      const { read } = this.store.register
      if (aim.kind === "enrol" || aim.kind === "add") {
        const person = await selectPresent(read, aim.person)
        if (!person) throw over()
        const options = await askForPasskey(read, site, person)
        return { flow: this.begin(aim, back, options.challenge, site), register: true, options }
      }
      const options = await askToSign(read, site, aim.kind === "prove" ? aim.person : null)
      return { flow: this.begin(aim, back, options.challenge, site), register: false, options }
    })
  }

  private begin(aim: Aim, back: string, challenge: string, site: Site): string {
    return this.flows.begin({ aim, back, passkey: { challenge, origin: site.origin, site: site.hostname } })
  }

  /** Ends it with the authenticator's answer. `label` names a passkey that was made. */
  async hearPasskey(secret: string | null, response: unknown, label: string | undefined): Promise<Admission> {
    const flow = this.flows.take(secret)
    return this.refusing(flow?.aim.kind ?? "sign-in", async (about) => {
      if (!flow?.passkey) throw over()
      const asked = flow.passkey
      const at = this.store.clock()
      return this.store.register.transaction(async (tx) => {
        const { aim } = flow
        if (aim.kind === "enrol" || aim.kind === "add") {
          about.person = aim.person
          const init = { person: aim.person, label: label?.trim().slice(0, 80) || PASSKEY_LABEL, at, response }
          const passkey = await keepPasskey(tx, asked, init)
          return this.enrolled(tx, flow, aim, "passkey", { passkey }, at)
        }
        const passkey = await hearPasskey(tx, asked, response, at)
        about.person = passkey.person
        about.note = { passkey: passkey.id }
        return this.admit(tx, flow, passkey.person, "passkey", at)
      })
    })
  }

  private async admitIdentity(tx: Tx, flow: Flow, { issuer, subject, provedAt }: Identity, about: About): Promise<Admission> {
    const at = this.store.clock()
    const { aim } = flow
    if (aim.kind === "enrol" || aim.kind === "add") {
      about.person = aim.person
      if (!(await insertIdentity(tx, { issuer, subject, person: aim.person, by: aim.person, at: new Date(at) })))
        throw new Failure("refused.identity-bound", "This identity belongs to somebody already.", { hint: "Tell the administrator." })
      return this.enrolled(tx, flow, aim, "provider", { issuer, subject }, Math.min(at, provedAt))
    }
    const person = await selectBound(tx, issuer, subject)
    if (!person || !(await selectPresent(tx, person)))
      throw new Failure("refused.identity-unknown", "The provider knows you, and this node does not.", {
        hint: "Ask its administrator for an invitation.",
      })
    about.person = person
    // A provider that lets an old presence count does not prove anything anew.
    if (aim.kind === "prove" && provedAt < flow.begunAt - 60_000)
      throw new Failure("refused.provider-answer", "The provider did not ask you again who you are.", { hint: "Use a passkey instead." })
    return this.admit(tx, flow, person, "provider", Math.min(at, provedAt))
  }

  /** Opens a session, or renews the proof of the one that asked. */
  private async admit(tx: Tx, flow: Flow, person: string, way: "provider" | "passkey", provedAt: number): Promise<Admission> {
    const { aim, back } = flow
    if (aim.kind !== "prove") return { secret: await this.opened(tx, person, way, provedAt), back }
    if (person !== aim.person)
      throw new Failure("refused.other-person", "That was somebody else than the one who is signed in.", { hint: "Sign out first." })
    if (!(await proveSession(tx, { id: aim.session, person }, way, provedAt, this.store.clock()))) throw over()
    return { secret: null, back }
  }

  /** A new way in is written down; an invitation is used up by it. */
  private async enrolled(
    tx: Tx,
    { back }: Flow,
    aim: Extract<Aim, { kind: "enrol" | "add" }>,
    way: "provider" | "passkey",
    what: { [key: string]: Json },
    provedAt: number,
  ): Promise<Admission> {
    const at = this.store.clock()
    if (aim.kind === "enrol" && !(await redeemInvitation(tx, aim.invitation, new Date(at)))) throw noInvitation()
    await append(tx, {
      kind: "decision",
      actor: aim.person,
      at,
      payload: { enrolled: way, ...what, ...(aim.kind === "enrol" ? { invitation: aim.invitation } : {}) },
    })
    return { secret: aim.kind === "enrol" ? await this.opened(tx, aim.person, way, provedAt) : null, back }
  }

  private async opened(tx: Tx, person: string, way: "provider" | "passkey", provedAt: number): Promise<string> {
    return (await beginSession(tx, { person, way, at: this.store.clock(), provedAt })).secret
  }

  private async aimOf(wish: Wish, about: About): Promise<Aim> {
    if (wish.for === "sign-in") return { kind: "sign-in" }
    if (wish.for !== "enrol") {
      about.person = wish.session.person
      if (wish.for === "add" && this.store.clock() - wish.session.provedAt > FRESH_MS)
        throw new Failure("refused.prove-again", "For this, prove again that it is you.", {
          hint: "Sign in once more; your session goes on.",
        })
      return { kind: wish.for, session: wish.session.id, person: wish.session.person }
    }
    const { code } = wish
    const found = isSecret("lpi_", code)
      ? await selectInvitation(this.store.register.read, digestOf(code), new Date(this.store.clock()))
      : null
    if (!found) throw noInvitation()
    about.person = found.person
    return { kind: "enrol", invitation: found.id, person: found.person }
  }

  /** The provider's own description is asked for once for each setting of it, and again after it could not be had. */
  private async configuration(provider: Provider): Promise<oidc.Configuration> {
    const key = canonical(provider)
    if (this.known?.key !== key) this.known = { key, configuration: await discover(provider, this.store.folder, this.store.clock) }
    return this.known.configuration
  }

  private async refusing<T>(aim: string, run: (about: About) => Promise<T>): Promise<T> {
    const about: About = {}
    try {
      return await run(about)
    } catch (error) {
      if (error instanceof Failure && error.kind === "refused")
        await append(this.store.register.read, {
          kind: "sign-in",
          actor: about.person ?? "nobody",
          at: this.store.clock(),
          payload: { refused: error.code, wanted: aim, ...about.note },
        })
      throw error
    }
  }
}

const over = () =>
  new Failure("refused.flow-over", "This sign-in is over: it was answered already, took too long, or began in another browser.", {
    hint: "Start again.",
  })

const noInvitation = () =>
  new Failure("refused.invitation", "This invitation was used, has ended, or was never given.", {
    hint: "Ask the administrator for another.",
  })
