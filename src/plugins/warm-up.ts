import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Resolves when the warm-up has ended, however it did; at once in a service that does not listen. */
    warmed(): Promise<void>
  }
}

/** Once the service listens, it loads and compiles its code by scoring masks of its own; then it is ready. */
export const warmUp = fastifyPlugin<{ warm: () => Promise<void> }>(async (app, { warm }) => {
  let warming = Promise.resolve()
  app.decorate('warmed', () => warming)
  app.addHook('onListen', async () => {
    const start = performance.now()
    // Not awaited: probes are to be answered meanwhile.
    warming = warm().then(
      () => {
        if (app.lifecycle.phase === 'warming') app.lifecycle.phase = 'ready'
        app.log.info({ warm_up_ms: Math.round(performance.now() - start) }, 'ready')
      },
      (error: unknown) => {
        // Stopped while it warmed up: its threads were ended, and nothing is wrong.
        if (app.lifecycle.phase === 'warming')
          app.log.fatal({ err: error }, 'the workers cannot score: the service will not get ready')
      },
    )
  })
})
