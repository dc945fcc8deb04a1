import { once } from 'node:events'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { median } from './measure.ts'
import { contentType, multipartBody, type SentPair, syntheticPair } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { postBytes, wholeAnswer } from './service/raw-answer.ts'
import { startServer } from './service/server-process.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

const starts = 5
const warmUps = 100
const warmRequests = 40
/** How many times as long as a warm request the first after the start may take. */
const goal = 2

/** The first request after `readyz` said yes, against the same request once everything is warm. */
export async function run(): Promise<void> {
  const rows = []
  for (const pair of [syntheticPair('a'), syntheticPair('b'), syntheticPair('c')]) {
    const taken: Awaited<ReturnType<typeof oneStart>>[] = []
    for (let k = 0; k < starts; k++) taken.push(await oneStart(pair))
    const [ready, first, warm] = (['readyMs', 'firstMs', 'warmMs'] as const).map((field) =>
      median(taken.map((start) => start[field])),
    )
    rows.push([pair.name, ready, first, warm, atMost(first / warm, goal, '×')])
  }
  printTable({
    title: 'The first request after start',
    reading: `Milliseconds, one request at a time, medians of ${starts} starts; the first is meant to take at most ${goal}× a warm one.`,
    columns: ['image', 'start to ready', 'first', 'warm', 'first / warm'],
    rows,
  })
}

async function oneStart(pair: SentPair): Promise<{ readyMs: number; firstMs: number; warmMs: number }> {
  const begun = performance.now()
  const server = await startServer(maskscore())
  const readyMs = performance.now() - begun
  const bytes = postBytes(server.port, '/v1/score', contentType, multipartBody(pair))
  // Over a new connection each, and bare sockets: what a client of its own takes for its first request is not asked.
  const request = async (): Promise<number> => {
    const socket = connect(server.port, '127.0.0.1')
    socket.setNoDelay(true)
    await once(socket, 'connect')
    const sent = performance.now()
    socket.write(bytes)
    const { status } = await wholeAnswer(socket)
    const taken = performance.now() - sent
    socket.destroy()
    if (status !== 200) throw new Error(`${pair.name}: ${status}`)
    return taken
  }
  try {
    const firstMs = await request()
    for (let k = 0; k < warmUps; k++) await request()
    const warm = []
    for (let k = 0; k < warmRequests; k++) warm.push(await request())
    return { readyMs, firstMs, warmMs: median(warm) }
  } finally {
    await server.stop()
  }
}
