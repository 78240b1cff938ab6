import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import Provider from "oidc-provider"

export const CLIENT = { id: "linchpin-node", secret: "a secret of this test only" }

/** A certified provider of identities on loopback. Whoever comes to it is signed in as `account`, with consent. */
export interface Issuer {
  url: string
  /** Who signs in next; null: whoever comes cancels. */
  account: string | null
  /** Changes what the provider answers at its token endpoint. */
  tamper: ((body: { id_token?: string }) => void) | null
  close(): Promise<void>
}

export async function startIssuer(redirects: readonly string[]): Promise<Issuer> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [
      { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [...redirects] },
      { client_id: "public", token_endpoint_auth_method: "none", redirect_uris: [...redirects] },
    ],
    pkce: { required: () => true },
    cookies: { keys: ["invented"] },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AuthorizationCode: 60, IdToken: 300, AccessToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
  })
  const issuer: Issuer = {
    url,
    account: null,
    tamper: null,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  provider.use(async (context, next) => {
    await next()
    if (context.path === "/token" && context.body?.id_token) issuer.tamper?.(context.body)
  })
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (issuer.account === null) {
      const result = { error: "access_denied", error_description: "the person cancelled" }
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    }
    if (prompt.name === "login")
      return provider.interactionFinished(request, response, { login: { accountId: issuer.account } }, { mergeWithLastSubmission: false })
    const grant = new provider.Grant({ accountId: session!.accountId, clientId: params.client_id })
    grant.addOIDCScope("openid")
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true })
  }
  const answer = provider.callback()
  handle = (request, response) => {
    if (!request.url!.startsWith("/interaction/")) return answer(request, response)
    interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  }
  return issuer
}
