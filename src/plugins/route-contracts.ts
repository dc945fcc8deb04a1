import fastifyPlugin from 'fastify-plugin'
import type { RegisteredRoute, RouteContract } from '../openapi/route-contract.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the OpenAPI document says of this route. */
    contract?: RouteContract
  }
  interface FastifyInstance {
    /** Every route so far; those that Fastify adds for HEAD are left out. */
    readonly registeredRoutes: readonly RegisteredRoute[]
  }
}

/** Remembers every route with its contract: what is documented is what is registered. */
export const routeContracts = fastifyPlugin(async (app) => {
  const routes: RegisteredRoute[] = []
  app.decorate('registeredRoutes', routes)
  app.addHook('onRoute', ({ method, url, config = {} }) => {
    const { contract, open = false, admission = false } = config
    for (const name of [method].flat())
      if (name !== 'HEAD') routes.push({ method: name, url, contract, open, admission })
  })
})
