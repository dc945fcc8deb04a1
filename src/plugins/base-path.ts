import type { IncomingMessage } from 'node:http'
import fastifyPlugin from 'fastify-plugin'

/**
 * Reads addresses below the base path as if it were not there: `/eval/v1/score` is `/v1/score`. Addresses without it stay
 * what they are, for probes and for proxies that take it away themselves.
 */
export function withoutBasePath(basePath: string): (request: Pick<IncomingMessage, 'url'>) => string {
  const prefix = new RegExp(`^((?:https?://[^/]*)?)${basePath.replaceAll('.', '\\.')}(?=/)`)
  return ({ url = '/' }) => url.replace(prefix, '$1')
}

/** Leads from the base path itself to the start page: links there are relative. */
export const basePathRoot = fastifyPlugin<{ basePath: string }>(async (app, { basePath }) => {
  if (basePath === '') return
  app.get(basePath, { config: { open: true } }, (_, reply) =>
    reply.redirect(`${basePath.slice(basePath.lastIndexOf('/') + 1)}/`),
  )
})
