import { performance } from 'node:perf_hooks'
import { median } from './measure.ts'
import { contentType, multipartBody, syntheticPair } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { startServer } from './service/server-process.ts'
import { printTable } from './table.ts'

const warmUps = 200
const requests = 300
/** Share of decode + count that everything around them may take, with sharp as the decoder. */
const goal = 0.1

/** What receiving, parsing, the hop to a worker and back, and serialising take beside decoding and counting. */
export async function run(): Promise<void> {
  const decoders = { 'label-PNG path': {}, sharp: { MASKSCORE_PNG_DECODER: 'sharp' } }
  const rows = []
  for (const [name, settings] of Object.entries(decoders)) {
    const stages = await medianStages(settings)
    const work = stages.decode + stages.count
    const around = stages.total - work - stages.metrics
    rows.push([
      name,
      stages.request,
      stages.total,
      stages.decode,
      stages.count,
      stages.metrics,
      around,
      percent(around / work),
    ])
  }
  printTable({
    title: 'What is around decoding and counting, 2048×1024, one request at a time',
    reading: `Milliseconds; "request" is by the client's clock, the rest by the answer's Server-Timing. "around" is receiving, parsing, the hop to a worker and back, and serialising: what is left of the service's total, meant to be below ${percent(goal)} of decode + count with sharp.`,
    columns: [
      'decoder',
      'request',
      'total',
      'decode',
      'count',
      'metrics',
      'around',
      'around / (decode + count)',
    ],
    rows,
  })
}

type Stages = Record<'request' | 'total' | 'decode' | 'count' | 'metrics', number>

async function medianStages(settings: Record<string, string>): Promise<Stages> {
  const body = Uint8Array.from(multipartBody(syntheticPair('b')))
  const server = await startServer(maskscore({ MASKSCORE_THREADS: '1', ...settings }))
  const request = async (): Promise<Stages> => {
    const sent = performance.now()
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/score`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    })
    await response.arrayBuffer()
    const timing = response.headers.get('server-timing') ?? ''
    const stage = (name: string): number =>
      Number(new RegExp(`\\b${name};dur=([\\d.]+)`).exec(timing)?.[1] ?? 0)
    const requestMs = performance.now() - sent
    return {
      request: requestMs,
      total: stage('total'),
      decode: stage('decode'),
      count: stage('count'),
      metrics: stage('metrics'),
    }
  }
  try {
    for (let k = 0; k < warmUps; k++) await request()
    const taken: Stages[] = []
    for (let k = 0; k < requests; k++) taken.push(await request())
    const of = (stage: keyof Stages): number => median(taken.map((stages) => stages[stage]))
    return {
      request: of('request'),
      total: of('total'),
      decode: of('decode'),
      count: of('count'),
      metrics: of('metrics'),
    }
  } finally {
    await server.stop()
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
