/**
 * Decodes mutated files and demands that each gives its original labels or a coded refusal, and that none takes long,
 * hangs, or leaves memory behind.
 * Usage: npm run fuzz -- [--seed 1] [--files 24000] [--seconds 240] [--only INDEX]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { isFailure, runFuzz } from './run-fuzz.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '24000' },
    seconds: { type: 'string', default: '240' },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)
const [from, to] =
  values.only === undefined ? [0, Number(values.files)] : [Number(values.only), Number(values.only) + 1]
const deadline = performance.now() + 1000 * Number(values.seconds)
/** Growth is counted from here on: before, caches and pools fill. */
const warmFiles = 3000

/** What may remain of all files; every image is below 10 kB. */
const leakBytes = 256 * 2 ** 20
const slowMs = 5000
const hangMs = 30_000

const current = new Int32Array(new SharedArrayBuffer(4))
const watchdog = new Worker(new URL('watchdog.ts', import.meta.url), {
  workerData: { current, limitMs: hangMs },
})

const outcomes = new Map<string, number>()
let [files, failures, slowest, warmBytes] = [0, 0, 0, process.memoryUsage.rss()]
for await (const found of runFuzz(seed, from, to)) {
  files++
  Atomics.store(current, 0, found.index + 1)
  slowest = Math.max(slowest, found.ms)
  const outcome = `${found.format}: ${found.verdict}`
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  if (files === warmFiles) warmBytes = process.memoryUsage.rss()
  const failed = isFailure(found) || found.ms > slowMs
  if (failed || values.only !== undefined)
    console.log(
      `${found.index}: ${found.file}, ${found.mutant.how}: ${found.verdict} after ${found.ms.toFixed(0)} ms (${found.detail})`,
    )
  if (failed) {
    failures++
    console.log(`  again with: npm run fuzz -- --seed ${seed} --only ${found.index}`)
  }
  if (values.only !== undefined) writeFileSync('fuzz-mutant.log', found.mutant.bytes)
  if (performance.now() > deadline) break
}
for (const [outcome, count] of [...outcomes].sort()) console.log(`${outcome.padEnd(24)} ${count}`)
const grown = (process.memoryUsage.rss() - warmBytes) / 2 ** 20
console.log(
  `${files} files of seed ${seed}; slowest ${slowest.toFixed(0)} ms; resident memory ${grown.toFixed(0)} MB above that after ${warmFiles} files`,
)
await watchdog.terminate()
process.exitCode =
  failures > 0 ||
  grown * 2 ** 20 > leakBytes ||
  (values.only === undefined && files < 20_000 && Number(values.files) >= 20_000)
    ? 1
    : 0
