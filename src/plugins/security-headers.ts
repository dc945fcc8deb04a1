import cors from '@fastify/cors'
import fastifyPlugin from 'fastify-plugin'
import helmet from 'helmet'

/** Helmet's headers on every answer; CORS for the origins listed, off when none is. */
export const securityHeaders = fastifyPlugin<{ corsOrigins: readonly string[] }>(
  async (app, { corsOrigins }) => {
    // Made once: Fastify's plugin around it makes all of it anew, policies and all, for each request.
    const setHeaders = helmet({
      // Served over plain HTTP as often as not: a proxy that ends TLS says HSTS, and nothing is to be upgraded.
      hsts: false,
      contentSecurityPolicy: {
        directives: {
          'upgrade-insecure-requests': null,
          // /docs shows the overlay that it was answered.
          'img-src': ["'self'", 'data:', 'blob:'],
        },
      },
      crossOriginResourcePolicy: { policy: corsOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
    })
    app.addHook('onRequest', (request, reply, done) =>
      setHeaders(request.raw, reply.raw, (error) => done(error as Error | undefined)),
    )
    if (corsOrigins.length > 0)
      await app.register(cors, {
        origin: [...corsOrigins],
        // An OPTIONS that is no preflight would be answered without a code.
        strictPreflight: false,
        exposedHeaders: [
          'etag',
          'server-timing',
          'x-request-id',
          'retry-after',
          'maskscore-loss',
          'maskscore-clipped',
        ],
        maxAge: 600,
      })
  },
)
