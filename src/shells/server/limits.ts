import fastifyRateLimit from "@fastify/rate-limit"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { Failure } from "#vocabulary/failure"

export interface Limits {
  /** Requests of one caller in a minute. */
  requests: number
  /** Failed attempts to sign in from one address in five minutes. */
  attempts: number
}

/** The workplace asks some ten things a page; a person cannot open fifty pages a minute. */
export const LIMITS: Limits = { requests: 600, attempts: 10 }

const MINUTE_MS = 60_000

export interface Counted {
  /** Counts a request of a caller. Throws `unavailable.too-many-requests`. */
  request(request: FastifyRequest, key: string): Promise<void>
  /** Runs an attempt to get in, a refused one being counted. Throws `unavailable.too-many-requests` after too many. */
  attempt<T>(request: FastifyRequest, run: () => Promise<T>): Promise<T>
  /** Finds out who asks. Who comes with nothing valid is counted by address; who comes with something valid is never kept waiting. */
  arrival<T>(request: FastifyRequest, run: () => Promise<T>): Promise<T>
}

/** Secrets here have 256 bits: the limits are against noise in the journal and load, not against guessing. */
export async function countRequests(server: FastifyInstance, limits: Limits): Promise<Counted> {
  await server.register(fastifyRateLimit, { global: false })
  const keyOf = new WeakMap<FastifyRequest, string>()
  const perCaller = server.createRateLimit({
    max: limits.requests,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => `request ${keyOf.get(request)}`,
  })
  const perAddress = server.createRateLimit({
    max: limits.attempts,
    timeWindow: 5 * MINUTE_MS,
    keyGenerator: (request) => `attempt ${request.ip}`,
  })
  return {
    request: async (request, key) => {
      keyOf.set(request, key)
      const count = await perCaller(request)
      if (!count.isAllowed && count.isExceeded) throw tooMany(count.ttl)
    },
    arrival: async (request, run) => {
      try {
        return await run()
      } catch (error) {
        keyOf.set(request, `from ${request.ip}`)
        const count = await perCaller(request)
        throw !count.isAllowed && count.isExceeded ? tooMany(count.ttl) : error
      }
    },
    attempt: async (request, run) => {
      const count = await perAddress(request, { increment: false })
      if (!count.isAllowed && count.remaining === 0) throw tooMany(count.ttl)
      try {
        return await run()
      } catch (error) {
        if (error instanceof Failure && error.kind === "refused") await perAddress(request)
        throw error
      }
    },
  }
}

const tooMany = (ttlMs: number) =>
  new Failure("unavailable.too-many-requests", "Too much was asked in a short time.", {
    hint: "Wait, then ask again.",
    retryAfterMs: Math.max(1000, ttlMs),
  })
