import type { FastifyInstance, FastifyRequest } from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { startPage } from '../src/page/start-page.ts'

const html = 'text/html; charset=utf-8'

/** What the service offers, for people. */
export function startPageRoute(app: FastifyInstance): void {
  const contract = { tag: 'Pages', summary: 'What the service offers', answer: { 'text/html': {} } } as const
  app.get('/', { config: { open: true, contract } }, (request, reply) =>
    reply
      .type(html)
      .send(
        startPage(
          request.server.registeredRoutes,
          `${originOf(request)}${request.server.settings.basePath}`,
          packageJson.version,
        ),
      ),
  )
}

/** The address that the caller used. What is no host name is not repeated. */
const originOf = ({ protocol, host }: FastifyRequest): string =>
  /^[\w.:[\]-]{1,255}$/.test(host) ? `${protocol}://${host}` : 'http://localhost:8080'
