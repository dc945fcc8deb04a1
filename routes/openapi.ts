import type { FastifyInstance } from 'fastify'
import { asYaml } from '../src/openapi/yaml.ts'

/** The contract of this service, for machines; `/docs` shows it to people. */
export function openApiRoutes(app: FastifyInstance): void {
  let yaml: string | undefined
  const config = (summary: string, type: string) =>
    ({ open: true, contract: { tag: 'Reference', summary, answer: { [type]: {} } } }) as const
  app.get(
    '/openapi.json',
    { config: config('This contract as JSON', 'application/json') },
    (request, reply) => reply.send(request.server.swagger()),
  )
  app.get(
    '/openapi.yaml',
    { config: config('This contract as YAML', 'application/yaml') },
    (request, reply) => {
      yaml ??= asYaml(request.server.swagger())
      return reply.type('application/yaml; charset=utf-8').send(yaml)
    },
  )
}
