import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { postBytes, wholeAnswer } from './raw-answer.ts'

/** What the load is; passed as JSON in argv, because the load runs in a process of its own. */
export interface OpenLoopOrder {
  readonly port: number
  readonly path: string
  readonly bodyFile: string
  readonly contentType: string
  readonly perSecond: number
  readonly seconds: number
  /** sha256 of the body that every accepted request is to be answered with. */
  readonly expected: string
}

export interface OpenLoopResult {
  readonly sent: number
  /** Latencies in milliseconds, from sending to the whole answer. */
  readonly accepted: readonly number[]
  readonly refused: readonly number[]
  readonly wrongBodies: number
  readonly withoutRetryAfter: number
  /** Answers that are neither 200 nor a coded 503, by status. */
  readonly others: Readonly<Record<string, number>>
  /** Smallest and largest Retry-After, in seconds. */
  readonly retryAfter: readonly [number, number]
}

/**
 * Sends at a fixed rate whatever the answers are, as many callers do who know nothing of each other. A refused
 * caller does not come back.
 */
async function run(order: OpenLoopOrder): Promise<OpenLoopResult> {
  const request = postBytes(order.port, order.path, order.contentType, readFileSync(order.bodyFile))
  const idle: Socket[] = []
  const accepted: number[] = []
  const refused: number[] = []
  const others: Record<string, number> = {}
  const retryAfter: [number, number] = [Infinity, 0]
  let wrongBodies = 0
  let withoutRetryAfter = 0

  const ask = async (): Promise<void> => {
    const socket = idle.pop() ?? connect(order.port, '127.0.0.1').setNoDelay(true)
    const start = performance.now()
    socket.write(request)
    const { status, head, body } = await wholeAnswer(socket)
    const ms = performance.now() - start
    if (/\r\nconnection: close/i.test(head) || status === 0) socket.destroy()
    else idle.push(socket)
    if (status === 200) {
      accepted.push(ms)
      if (createHash('sha256').update(body).digest('hex') !== order.expected) wrongBodies++
    } else if (status === 503 && body.includes('"QUEUE_FULL"')) {
      refused.push(ms)
      const seconds = Number(/\r\nretry-after: ([1-9]\d*)\r\n/i.exec(head)?.[1] ?? Number.NaN)
      if (Number.isNaN(seconds)) withoutRetryAfter++
      else {
        retryAfter[0] = Math.min(retryAfter[0], seconds)
        retryAfter[1] = Math.max(retryAfter[1], seconds)
      }
    } else {
      const what = status === 0 ? head : `${status} ${/"code":"(\w+)"/.exec(body.toString())?.[1]}`
      others[what] = (others[what] ?? 0) + 1
    }
  }

  const asked: Promise<void>[] = []
  const start = performance.now()
  const total = Math.round(order.perSecond * order.seconds)
  while (asked.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - start) / 1000) * order.perSecond))
    while (asked.length < due) asked.push(ask())
    await sleep(1)
  }
  await Promise.all(asked)
  for (const socket of idle) socket.destroy()
  return { sent: total, accepted, refused, wrongBodies, withoutRetryAfter, others, retryAfter }
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]))))
