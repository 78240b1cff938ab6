import type { FastifyRequest } from "fastify"
import { Failure } from "#vocabulary/failure"

/** Where a request came in. */
export interface Place {
  /** As a page of this node stands there: scheme, name, port. */
  origin: string
  hostname: string
  /** Under TLS. */
  secure: boolean
  /** From this machine itself, through no proxy: only there may the one user of a node without sign-in be. */
  direct: boolean
}

/**
 * The addresses to which a node answers: the loopback of its machine, and the one that a proxy with TLS in front of it has. A name
 * that resolves to loopback is not enough: a page elsewhere could point its own name here (DNS rebinding).
 */
export class Origins {
  port: number
  private readonly behind: URL | undefined

  /** Throws `invalid.behind` for anything but the origin of a site under TLS. */
  constructor(port: number, behind: string | undefined) {
    this.port = port
    if (behind === undefined) return
    const url = URL.canParse(behind) ? new URL(behind) : null
    if (url?.protocol !== "https:" || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
      throw new Failure("invalid.behind", `${behind} is not the address of a site under TLS.`, {
        at: "--behind",
        hint: "Give scheme and name alone: https://linchpin.example.org",
      })
    this.behind = url
  }

  /** The address that people are to open. */
  get public(): string {
    return this.behind?.origin ?? `http://127.0.0.1:${this.port}`
  }

  /** Throws `refused.host` for any other name. */
  at(request: FastifyRequest): Place {
    const { host, forwarded } = request.headers
    const proxied = forwarded !== undefined || request.headers["x-forwarded-for"] !== undefined
    if (this.behind && host === this.behind.host)
      return { origin: this.behind.origin, hostname: this.behind.hostname, secure: true, direct: false }
    if (host !== `127.0.0.1:${this.port}` && host !== `localhost:${this.port}`)
      throw new Failure("refused.host", "This node answers to its own address only.", { hint: `Use ${this.public}/.` })
    return { origin: `http://${host}`, hostname: host.slice(0, host.indexOf(":")), secure: false, direct: !proxied }
  }

  /**
   * A cookie goes along with whatever the browser sends: another origin is refused, and what a browser does not send from a page of
   * this node reaches neither the API nor the door. Throws `refused.origin`.
   */
  check(request: FastifyRequest, place: Place): void {
    const { origin } = request.headers
    const site = request.headers["sec-fetch-site"]
    const own = place.secure ? [place.origin] : [`http://127.0.0.1:${this.port}`, `http://localhost:${this.port}`]
    const guarded = request.url.startsWith("/api/") || request.method !== "GET"
    if ((origin !== undefined && !own.includes(origin)) || (guarded && site !== undefined && site !== "same-origin" && site !== "none"))
      throw new Failure("refused.origin", "This node answers to its own pages only.", {
        hint: "Open the workplace from the node's own address.",
      })
  }
}

/** What a browser asks under a cookie, or to get one, says from which page. Throws `refused.origin`. */
export function mustNameOrigin(request: FastifyRequest): void {
  if (request.method !== "GET" && request.headers.origin === undefined)
    throw new Failure("refused.origin", "A request with a session names its origin.", { hint: "Send the header origin." })
}
