import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

/**
 * `Expect` and `Host`. A request with `Expect: 100-continue` is told to go on only once it has been admitted; a refused
 * one need not send its body at all. Node would tell it at once, and would answer other expectations and a missing Host
 * by itself, without a code.
 */
export const expectations = fastifyPlugin(async (app) => {
  for (const event of ['checkContinue', 'checkExpectation'])
    app.server.on(event, (request, response) => app.server.emit('request', request, response))
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.headers.host === undefined && raw.httpVersion === '1.1')
      throw new Refusal('MALFORMED_REQUEST', 'The request has no Host header.')
  })
  app.addHook('preParsing', async ({ headers }, reply) => {
    if (headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue()
  })
})
