import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AppPage, appPage } from '../src/page/app-page.ts'
import { type PageFile, pageFiles } from '../src/page/page-files.ts'
import { acceptsGzip } from '../src/plugins/accepts-gzip.ts'
import { isKnownTag } from '../src/plugins/if-none-match.ts'
import { Refusal } from '../src/problems/refusal.ts'

const forEver = 'public, max-age=31536000, immutable'

/** The page that shows masks and scores, and its files: what is not part of it is not found. */
export function pageRoute(app: FastifyInstance): void {
  let page: AppPage | undefined
  const contract = {
    tag: 'Pages',
    summary: 'The page: masks and scores to look at',
    answer: { 'text/html': {} },
  } as const
  app.get('/', { config: { open: true, contract } }, async (request, reply) => {
    page ??= appPage(await pageFiles())
    reply
      .header('content-security-policy', page.policy)
      .header('cache-control', 'no-cache')
      .header('etag', page.etag)
    if (isKnownTag(request.headers['if-none-match'], page.etag)) return reply.code(304).send()
    return reply.type('text/html; charset=utf-8').send(page.html)
  })
  app.get<{ Params: { version: string; '*': string } }>(
    '/page/:version/*',
    { config: { open: true } },
    async (request, reply) => {
      const { version, files } = await pageFiles()
      const file = request.params.version === version ? files.get(request.params['*']) : undefined
      if (!file) throw new Refusal('NOT_FOUND', 'The page has no such file.')
      return sendFile(request, reply.header('cache-control', forEver), file)
    },
  )
}

/** What browsers ask for by themselves, whatever page they show. */
export function iconRoute(app: FastifyInstance): void {
  app.get('/favicon.ico', { config: { open: true } }, async (request, reply) => {
    const { files } = await pageFiles()
    const icon = files.get('src/page/icon.svg') as PageFile
    return sendFile(request, reply.header('cache-control', 'public, max-age=86400'), icon)
  })
}

function sendFile(request: FastifyRequest, reply: FastifyReply, { type, bytes, zipped }: PageFile) {
  const isZipped = acceptsGzip(request.headers['accept-encoding'])
  if (isZipped) reply.header('content-encoding', 'gzip')
  return reply
    .header('vary', 'accept-encoding')
    .type(type)
    .send(Buffer.from(isZipped ? zipped : bytes))
}
