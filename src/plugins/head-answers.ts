import { Readable } from 'node:stream'
import fastifyPlugin from 'fastify-plugin'

/**
 * HEAD wants no body. Fastify reads a stream to its end and drops it; here the work behind it ends at once, which for a stream
 * of events would go on as long as the run.
 */
export const headAnswers = fastifyPlugin(async (app) => {
  app.addHook('onSend', async ({ method }, _, payload) => {
    if (method !== 'HEAD' || !(payload instanceof Readable)) return payload
    payload.destroy()
    return Readable.from([])
  })
})
