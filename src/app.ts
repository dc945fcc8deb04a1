import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance } from 'fastify'
import { probeRoutes } from '../routes/probes.ts'
import { scoringRoutes } from '../routes/scoring.ts'
import { problemJson } from './plugins/problem-json.ts'
import { requestId, requestIdPlugin } from './plugins/request-id.ts'
import { type Settings, scoringContext } from './settings.ts'
import { Pool } from './workers/pool.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly settings: Settings
    readonly pool: Pool
    isReady(): boolean
  }
}

/** The service, put together from its parts; nothing listens yet. */
export async function buildApp(settings: Settings): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: settings.logLevel },
    genReqId: requestId,
    requestTimeout: settings.receiveTimeout,
    bodyLimit: 4 * settings.maxFileBytes,
    forceCloseConnections: 'idle',
  })
  const pool = new Pool({ threads: settings.threads, context: scoringContext(settings) })
  app.decorate('settings', settings)
  app.decorate('pool', pool)
  app.decorate('isReady', () => true)
  app.addHook('onClose', () => pool.close())
  await app.register(requestIdPlugin)
  await app.register(problemJson)
  await app.register(multipart)
  // JSON stays bytes here: it is parsed in a worker, whatever its size.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  probeRoutes(app)
  scoringRoutes(app)
  return app
}
