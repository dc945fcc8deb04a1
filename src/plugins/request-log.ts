import fastifyPlugin from 'fastify-plugin'

/** One line for every request. A refusal is expected and so `info`; `error` is for faults of ours alone. */
export const requestLog = fastifyPlugin(async (app) => {
  app.onRequestEnd(({ request, status, route, totalMs }) => {
    const { bytes, client, code, facts, stages = {} } = request.record
    const times = Object.entries(stages).map(([stage, ms]) => [`${stage}_ms`, rounded(ms)])
    request.log.info(
      {
        method: request.method,
        route,
        status,
        bytes,
        ...(client && { client }),
        ...facts,
        ...Object.fromEntries(times),
        total_ms: rounded(totalMs),
        outcome: code ?? 'OK',
      },
      'request',
    )
  })
})

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000
