/** As much of a browser as signing in needs: cookies by origin, redirects one at a time, the headers that a page sends. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>()

  /** Asks for a page, following no redirect. */
  async get(url: string): Promise<Response> {
    return this.kept(url, await fetch(url, { redirect: "manual", headers: this.cookies(url) }))
  }

  /** What a page of that origin posts to it. */
  async post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const { origin } = new URL(url)
    return this.kept(
      url,
      await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { origin, "sec-fetch-site": "same-origin", "content-type": "application/json", ...this.cookies(url), ...headers },
        body: JSON.stringify(body),
      }),
    )
  }

  /** Follows redirects up to the first address that begins with `until`, which is not asked for. */
  async walk(from: string, until: string): Promise<string> {
    let at = from
    for (let steps = 0; steps < 12; steps++) {
      if (at.startsWith(until)) return at
      const response = await this.get(at)
      const next = response.headers.get("location")
      if (next === null) throw new Error(`${at} answered ${response.status}: ${(await response.text()).slice(0, 200)}`)
      at = new URL(next, at).href
    }
    throw new Error("redirected in circles")
  }

  /** Loses what it kept of an origin. */
  forget(url: string): void {
    this.jars.delete(new URL(url).origin)
  }

  cookie(url: string, name: string): string | undefined {
    return this.jars.get(new URL(url).origin)?.get(name)
  }

  setCookie(url: string, name: string, value: string): void {
    const { origin } = new URL(url)
    this.jars.set(origin, (this.jars.get(origin) ?? new Map()).set(name, value))
  }

  private cookies(url: string): Record<string, string> {
    const jar = this.jars.get(new URL(url).origin)
    return jar && jar.size > 0 ? { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join("; ") } : {}
  }

  private kept(url: string, response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0]!.split("=") as [string, string]
      if (/max-age=0(;|$)/i.test(line) || value === "") this.jars.get(new URL(url).origin)?.delete(name)
      else this.setCookie(url, name, value)
    }
    return response
  }
}
