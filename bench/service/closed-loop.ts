import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { postBytes, wholeAnswer } from './raw-answer.ts'

/** What the load is; passed as JSON in argv, because the load runs in a process of its own. */
export interface LoadOrder {
  readonly port: number
  readonly path: string
  readonly bodyFile: string
  readonly contentType: string
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
  /** The load goes on past `seconds` until so many answers have come, ten times as long at most. */
  readonly minAnswers: number
}

export interface LoadResult {
  /** Answers of status 200 in the measured time, and that time. */
  readonly answers: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers in all, warm-up and end included: what the server's CPU was spent on. */
  readonly total: number
  /** The first answer that was not 200. */
  readonly failure?: string
}

/**
 * Each connection sends the same bytes again as soon as its answer is whole. Written on bare sockets: a general
 * HTTP client takes a tenth of the two cores it shares with the server it measures.
 */
async function run(order: LoadOrder): Promise<LoadResult> {
  const request = postBytes(order.port, order.path, order.contentType, readFileSync(order.bodyFile))
  const start = performance.now()
  const measureFrom = start + 1000 * order.warmUpSeconds
  const softEnd = measureFrom + 1000 * order.seconds
  const hardEnd = measureFrom + 10_000 * order.seconds
  const latencies: number[] = []
  let total = 0
  let lastAnswer = measureFrom
  let failure: string | undefined
  const goOn = (now: number): boolean =>
    failure === undefined && (now < softEnd || (latencies.length < order.minAnswers && now < hardEnd))

  const loop = async (): Promise<void> => {
    const socket = connect(order.port, '127.0.0.1')
    socket.setNoDelay(true)
    for (let sent = performance.now(); goOn(sent); ) {
      socket.write(request)
      const answer = await wholeAnswer(socket)
      const now = performance.now()
      total++
      if (answer.status !== 200) failure ??= answer.head + answer.body.toString('utf8', 0, 2000)
      else if (now >= measureFrom && goOn(now)) {
        latencies.push(now - sent)
        lastAnswer = now
      }
      sent = now
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: order.connections }, loop))

  latencies.sort((a, b) => a - b)
  const quantile = (share: number): number => latencies[Math.floor(share * (latencies.length - 1))]
  const seconds = Math.max(lastAnswer - measureFrom, 1) / 1000
  const result = { answers: latencies.length, seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99), total }
  return failure === undefined ? result : { ...result, failure }
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]))))
