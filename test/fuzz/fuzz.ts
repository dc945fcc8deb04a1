/**
 * Decodes mutated files, reads mutated documents of labeling tools and mutated probability maps and volumes. Demands that each gives its original labels (a map: probabilities) or a
 * coded refusal (a document may also give a warning), and that none takes long, hangs, or leaves memory behind.
 * Usage: npm run fuzz -- [--seed 1] [--files 24000] [--documents 20000] [--maps 20000] [--volumes 20000] [--seconds 240] [--only files:INDEX | documents:INDEX | maps:INDEX | volumes:INDEX]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { isDocumentFailure, runDocuments } from './documents/run-documents.ts'
import { isMapFailure, runMaps } from './maps/run-maps.ts'
import { isFailure, runFuzz } from './run-fuzz.ts'
import { isVolumeFailure, runVolumes } from './volumes/run-volumes.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '24000' },
    documents: { type: 'string', default: '20000' },
    maps: { type: 'string', default: '20000' },
    volumes: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '240' },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)
/** A kind has the seconds for itself. */
const msOfKind = 1000 * Number(values.seconds)
/** Growth is counted from here on: before, caches and pools fill. */
const warmCases = 3000

/** What may remain of all files; every image is below 10 kB. */
const leakBytes = 256 * 2 ** 20
const slowMs = 5000
const hangMs = 30_000

const current = new Int32Array(new SharedArrayBuffer(4))
const watchdog = new Worker(new URL('watchdog.ts', import.meta.url), {
  workerData: { current, limitMs: hangMs },
})

interface Case {
  readonly index: number
  readonly file: string
  readonly format: string
  readonly verdict: string
  readonly detail: string
  readonly mutant: { readonly how: string; readonly bytes: Uint8Array }
  readonly ms: number
}

/** Runs the cases of a kind; true when all is as it must be. */
async function run<T extends Case>(
  kind: 'files' | 'documents' | 'maps' | 'volumes',
  casesOf: (seed: number, from: number, to: number) => AsyncIterable<T>,
  isBad: (found: T) => boolean,
): Promise<boolean> {
  const [chosen, index] = values.only?.split(':') ?? []
  if (chosen !== undefined && chosen !== kind) return true
  const wanted = Number(values[kind])
  const [from, to] = index === undefined ? [0, wanted] : [Number(index), Number(index) + 1]
  const deadline = performance.now() + msOfKind
  const outcomes = new Map<string, number>()
  let [count, failures, slowest, warmBytes] = [0, 0, 0, process.memoryUsage.rss()]
  for await (const found of casesOf(seed, from, to)) {
    count++
    Atomics.store(current, 0, found.index + 1)
    slowest = Math.max(slowest, found.ms)
    const outcome = `${found.format}: ${found.verdict}`
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (count === warmCases) warmBytes = process.memoryUsage.rss()
    const failed = isBad(found) || found.ms > slowMs
    if (failed || index !== undefined)
      console.log(
        `${found.index}: ${found.file}, ${found.mutant.how}: ${found.verdict} after ${found.ms.toFixed(0)} ms (${found.detail})`,
      )
    if (failed) {
      failures++
      console.log(`  again with: npm run fuzz -- --seed ${seed} --only ${kind}:${found.index}`)
    }
    if (index !== undefined) writeFileSync('fuzz-mutant.log', found.mutant.bytes)
    if (performance.now() > deadline) break
  }
  for (const [outcome, times] of [...outcomes].sort()) console.log(`${outcome.padEnd(28)} ${times}`)
  const grown = (process.memoryUsage.rss() - warmBytes) / 2 ** 20
  console.log(
    `${count} ${kind} of seed ${seed}; slowest ${slowest.toFixed(0)} ms; resident memory ${grown.toFixed(0)} MB above that after ${warmCases}`,
  )
  const isEnough = index !== undefined || count >= Math.min(wanted, 20_000)
  return failures === 0 && grown * 2 ** 20 <= leakBytes && isEnough
}

const areRight = [
  await run('files', runFuzz, isFailure),
  await run('documents', runDocuments, isDocumentFailure),
  await run('maps', runMaps, isMapFailure),
  await run('volumes', runVolumes, isVolumeFailure),
]
await watchdog.terminate()
process.exitCode = areRight.every(Boolean) ? 0 : 1
