/** What these tests use of the provider, which comes without types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http"

  interface Interaction {
    prompt: { name: string }
    params: { client_id: string }
    session?: { accountId: string }
  }
  interface Context {
    path: string
    body: { id_token?: string } & Record<string, unknown>
    oidc?: { route?: string; params?: Record<string, string> }
  }
  export default class Provider {
    constructor(issuer: string, configuration: object)
    Grant: new (init: {
      accountId: string
      clientId: string
    }) => { addOIDCScope(scope: string): void; save(): Promise<string> }
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object, options: object): Promise<void>
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void
  }
}
