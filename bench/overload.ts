import { createHash } from 'node:crypto'
import { flags } from './flags.ts'
import { contentType, multipartBody, syntheticPair } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { bodyFile, runScript, underLoad } from './service/load.ts'
import type { OpenLoopOrder, OpenLoopResult } from './service/open-loop.ts'
import { watchProbes } from './service/probes.ts'
import { forgetPeak, peakMbOf, residentMbOf } from './service/process-tree.ts'
import { startServer } from './service/server-process.ts'
import { slowAttack } from './slow-attack.ts'
import { printTable } from './table.ts'

const times = 10
const queueLimit = 16
const threads = 2
const path = '/v1/score'
const workerMb = 256
const requestMb = 1
/** Milliseconds. */
const goals = { refusedMedian: 10, refusedMax: 50, probeMax: 100 }

/** More than the service can do, and senders who never end: what is kept meanwhile, and whether it is as before. */
export async function run(): Promise<void> {
  await tooMany()
  await slowAttack()
}

/** Ten times what the service can do, for ten times `--seconds`; then whether it is as it was before. */
async function tooMany(): Promise<void> {
  const pair = { ...syntheticPair('a', { families: ['all'] }), name: 'a, every score' }
  const body = multipartBody(pair)
  const bufferedMb = (threads + queueLimit) * requestMb
  const server = await startServer(
    maskscore({
      MASKSCORE_THREADS: `${threads}`,
      MASKSCORE_QUEUE_LIMIT: `${queueLimit}`,
      MASKSCORE_WORKER_MEMORY: `${workerMb}MB`,
      MASKSCORE_MAX_FILE_BYTES: `${requestMb}MB`,
      MASKSCORE_MAX_REQUEST_BYTES: `${requestMb}MB`,
      MASKSCORE_MAX_BUFFERED_BYTES: `${bufferedMb}MB`,
    }),
  )
  try {
    const expected = createHash('sha256')
      .update(await answerTo(server.port, body))
      .digest('hex')
    const idleMb = residentMbOf(server.pid)
    // Long enough for the heaps to grow to what they will be.
    const capacity = { connections: threads + 2, seconds: 5 * flags.seconds }
    const before = await underLoad(server, path, pair, capacity)
    // The settings' bound: the heaps of the workers, and twice the bodies inside: as chunks, and joined.
    const boundMb = idleMb + (threads * workerMb + 2 * bufferedMb) * (2 ** 20 / 1e6)

    forgetPeak(server.pid)
    let isOver = false
    const probing = watchProbes(server.port, () => isOver)
    const order: OpenLoopOrder = {
      port: server.port,
      path,
      bodyFile: bodyFile(pair),
      contentType,
      perSecond: times * before.perSecond,
      seconds: 10 * flags.seconds,
      expected,
    }
    const load: OpenLoopResult = await runScript('open-loop.ts', order)
    isOver = true
    const probes = await probing
    const peakMb = peakMbOf(server.pid)
    const after = await underLoad(server, path, pair, capacity)

    const { sent, accepted, refused, wrongBodies, withoutRetryAfter, others, retryAfter } = load
    printTable({
      title: `${times} times the capacity (${before.perSecond.toFixed(0)} a second) for ${order.seconds} s`,
      reading: `${pair.width}×${pair.height}, every score, ${(body.length / 1000).toFixed(0)} kB a request; ${threads} workers, room for ${queueLimit} to wait; the load shares the two cores.`,
      columns: ['what', 'count', 'median ms', 'p99 ms', 'max ms', 'goal', 'kept'],
      rows: [
        ['sent', `${sent}`, '', '', '', '', ''],
        [
          'accepted and answered',
          `${accepted.length}`,
          ...spread(accepted),
          'every body as expected',
          verdict(wrongBodies === 0 && accepted.length > 0),
        ],
        [
          'refused: 503 QUEUE_FULL',
          `${refused.length}`,
          ...spread(refused),
          `median ${goals.refusedMedian}, max ${goals.refusedMax}`,
          verdict(quantile(refused, 0.5) <= goals.refusedMedian && quantile(refused, 1) <= goals.refusedMax),
        ],
        [
          'refused without Retry-After',
          `${withoutRetryAfter}`,
          '',
          '',
          '',
          `none; they say ${retryAfter.join(' to ')} s`,
          verdict(withoutRetryAfter === 0),
        ],
        [
          'anything else',
          `${sent - accepted.length - refused.length}`,
          '',
          '',
          '',
          `none ${Object.keys(others).length > 0 ? JSON.stringify(others) : ''}`,
          verdict(sent === accepted.length + refused.length),
        ],
        [
          'probes',
          `${probes.ms.length}`,
          ...spread(probes.ms),
          `max ${goals.probeMax}; ${probes.failed} failed`,
          verdict(probes.failed === 0 && quantile(probes.ms, 1) <= goals.probeMax),
        ],
      ],
    })
    printTable({
      title: 'Memory and speed round the overload',
      reading: `MB resident; the bound is what the settings allow: idle, ${threads} × ${workerMb} MB of heap, twice ${bufferedMb} MB of bodies.`,
      columns: ['', 'idle', 'at capacity', 'overloaded', 'afterwards', 'bound', 'kept'],
      rows: [
        ['peak MB', idleMb, before.peakMb, peakMb, after.peakMb, boundMb, verdict(peakMb <= boundMb)],
        [
          'pairs a second',
          '',
          before.perSecond,
          accepted.length / order.seconds,
          after.perSecond,
          'as before',
          verdict(after.perSecond > 0.9 * before.perSecond),
        ],
      ],
    })
  } finally {
    await server.stop()
  }
}

async function answerTo(port: number, body: Buffer): Promise<Buffer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: Uint8Array.from(body),
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (answer.status !== 200) throw new Error(bytes.toString())
  return bytes
}

const verdict = (isKept: boolean): string => (isKept ? 'yes' : 'NO')

const spread = (ms: readonly number[]): number[] => [0.5, 0.99, 1].map((share) => quantile(ms, share))

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}
