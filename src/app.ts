import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { capacityRoute } from '../routes/capacity.ts'
import { catalogueRoutes } from '../routes/catalogues.ts'
import { evaluationRoutes } from '../routes/evaluations/all.ts'
import { deliveriesRoute } from '../routes/hooks/deliveries.ts'
import { labelStudioMlRoutes } from '../routes/hooks/label-studio-ml.ts'
import { webhookRoutes } from '../routes/hooks/webhooks.ts'
import { limitsRoute } from '../routes/limits.ts'
import { openApiRoutes } from '../routes/openapi.ts'
import { iconRoute, pageRoute } from '../routes/page.ts'
import { probeRoutes } from '../routes/probes.ts'
import { problemRoutes } from '../routes/problems.ts'
import { scoringRoutes } from '../routes/scoring.ts'
import { startPageRoute } from '../routes/start-page.ts'
import { telemetryRoute } from '../routes/telemetry.ts'
import { Hooks } from './hooks/hooks.ts'
import type { HookTimes } from './hooks/tool.ts'
import { openStore, opensAtStart } from './open-store.ts'
import { pageFiles } from './page/page-files.ts'
import { access } from './plugins/access.ts'
import { admission } from './plugins/admission.ts'
import { apiDocs } from './plugins/api-docs.ts'
import { basePathRoot, withoutBasePath } from './plugins/base-path.ts'
import { answerClientError, refuseTunnel } from './plugins/client-error.ts'
import { drain } from './plugins/drain.ts'
import { evaluationStore } from './plugins/evaluation-store.ts'
import { evaluationTelemetry } from './plugins/evaluation-telemetry.ts'
import { expectations } from './plugins/expectations.ts'
import { headAnswers } from './plugins/head-answers.ts'
import { hookTelemetry } from './plugins/hook-telemetry.ts'
import { notFound } from './plugins/not-found.ts'
import { problemJson } from './plugins/problem-json.ts'
import { requestId, requestIdPlugin } from './plugins/request-id.ts'
import { requestLog } from './plugins/request-log.ts'
import { requestRate } from './plugins/request-rate.ts'
import { requestRecord } from './plugins/request-record.ts'
import { routeContracts } from './plugins/route-contracts.ts'
import { sameOrigin } from './plugins/same-origin.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { shedding } from './plugins/shedding.ts'
import { telemetry } from './plugins/telemetry.ts'
import { telemetryPort } from './plugins/telemetry-port.ts'
import { traceContextOf } from './plugins/trace-context.ts'
import { answerUnroutable } from './plugins/unroutable.ts'
import { warmUp } from './plugins/warm-up.ts'
import { rehearse } from './rehearsal.ts'
import { parseDataRoot } from './settings/data-root.ts'
import { type Settings, scoringContext } from './settings/settings.ts'
import type { TaskRunner } from './tasks/runner.ts'
import { Pool } from './workers/pool.ts'
import { warmUpParts } from './workers/warm-up.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly settings: Settings
    readonly pool: TaskRunner
    readonly hooks: Hooks
  }
}

/** What tests replace. */
export interface AppParts {
  readonly worker?: URL
  readonly logTo?: { write(line: string): void }
  readonly hookTimes?: HookTimes
  /** False: ready at once, and the first requests wait for code to be compiled. */
  readonly isRehearsed?: boolean
}

/** The service, put together from its parts. It does not listen yet. */
export async function buildApp(
  settings: Settings,
  { worker, logTo, hookTimes, isRehearsed = true }: AppParts = {},
): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: settings.logLevel, ...(logTo && { stream: logTo }) },
    // `plugins/request-log.ts` writes the log line of a request.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    ...(settings.basePath && { rewriteUrl: withoutBasePath(settings.basePath) }),
    childLoggerFactory: (logger, bindings, options, { headers }) =>
      logger.child({ ...bindings, ...traceContextOf(headers.traceparent) }, options),
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnroutable,
    trustProxy: settings.trustProxy.length > 0 ? [...settings.trustProxy] : false,
    // Bodies have their own, exact timers, and one of some gigabytes takes its time; headers have the timer below.
    requestTimeout: 0,
    // A connection that does not move for longer than any request may take is dead.
    connectionTimeout: settings.requestTimeout + settings.receiveTimeout,
    keepAliveTimeout: settings.keepAliveTimeout,
    http: {
      headersTimeout: Math.min(settings.receiveTimeout, 15_000),
      connectionsCheckingInterval: 1000,
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  })
  const pool = new Pool({
    threads: settings.threads,
    context: scoringContext(settings),
    workerMemory: settings.workerMemory,
    // Long after the request has ended, and longer than a thread takes to start.
    stuckMs: Math.max(2 * settings.requestTimeout, 10_000),
    ...(worker && { worker }),
    onFault: (error) => app.log.error({ err: error }, 'a worker died'),
  })
  app.decorate('settings', settings)
  app.decorate('pool', pool)
  app.decorate('retryAfterSeconds', () => {
    const { meanServiceMs, workers, abandoned } = pool.statistics
    const ahead = app.admitted.tickets + abandoned
    return Math.max(1, Math.ceil((meanServiceMs * ahead) / workers / 1000))
  })
  app.addHook('onClose', () => pool.close())
  const hooks = new Hooks(settings, pool, app.log, hookTimes)
  app.decorate('hooks', hooks)
  // Registered after the pool's, and so run before it: acknowledged events may still need a worker.
  app.addHook('onClose', () => hooks.close())
  app.server.on('connect', refuseTunnel(settings.basePath))

  await app.register(routeContracts)
  await app.register(requestRecord)
  await app.register(requestIdPlugin)
  await app.register(requestLog)
  await app.register(telemetry, {
    load: () => ({ ...pool.statistics, receiving: app.receiving }),
  })
  await app.register(hookTelemetry, {
    onDelivery: (listener) => hooks.onDelivery(listener),
    waiting: () => hooks.waiting,
    onRetry: (listener) => hooks.onRetry(listener),
    kept: () => hooks.kept,
  })
  await app.register(problemJson)
  await app.register(notFound)
  await app.register(securityHeaders, settings)
  await app.register(expectations)
  await app.register(headAnswers)
  await app.register(drain)
  await app.register(access, settings)
  await app.register(sameOrigin, settings)
  await app.register(requestRate, { rate: settings.rateLimit })
  await app.register(shedding, settings)
  await app.register(admission, { ...settings, tickets: settings.threads + settings.queueLimit })
  await app.register(warmUp, {
    warm: async () => {
      if (!isRehearsed) return
      await pool.warmUp()
      await rehearse(app, warmUpParts())
      pool.forgetServiceTime()
      // Only now: nobody waits for it who waits for a score.
      if (settings.page === 'on')
        pageFiles().catch((error) => app.log.error({ err: error }, 'the page has no files'))
    },
  })
  await app.register(evaluationStore, {
    runner: pool,
    maxStreams: settings.maxStreams,
    dataRoots: settings.dataRoots.map(parseDataRoot),
    open: async () => {
      // An embedded database is compiled in a way that the workers' code must not be.
      await app.warmed()
      return openStore(settings, pool, app.log)
    },
    opensAtStart: settings.evaluations && opensAtStart(settings),
  })
  await app.register(evaluationTelemetry, {
    load: async () => (await app.openedEvaluations())?.load(),
  })
  // Nothing is parsed on the event loop: a worker reads the bytes, whatever they are.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', (_, __, done) => done(null))
  await app.register(multipart)
  await app.register(basePathRoot, settings)
  probeRoutes(app)
  capacityRoute(app)
  catalogueRoutes(app)
  limitsRoute(app)
  scoringRoutes(app)
  problemRoutes(app)
  openApiRoutes(app)
  if (settings.page === 'on') pageRoute(app)
  else startPageRoute(app)
  iconRoute(app)
  webhookRoutes(app)
  deliveriesRoute(app)
  labelStudioMlRoutes(app)
  if (settings.evaluations) evaluationRoutes(app)
  if (settings.telemetryPort === undefined) telemetryRoute(app)
  else
    await app.register(telemetryPort, {
      host: settings.telemetryHost ?? settings.host,
      port: settings.telemetryPort,
    })
  await app.register(apiDocs)

  return app
}
