import { rmSync } from 'node:fs'
import { Random } from '../evaluations/random.ts'
import { endureStore } from './endure-store.ts'
import { KilledRun, rowsOf } from './killed-run.ts'

/** `npm run endure [SEED]`: kills runs at 20 random moments, and compares what they leave when they are resumed. */
const moments = 20
const seed = Number(process.argv[2] ?? Date.now() % 1e6)
const random = new Random(seed)
const items = 600
const run = new KilledRun(items)
let failed = 0
try {
  const ms = await run.undisturbed()
  process.stdout.write(`seed ${seed}; an undisturbed run takes ${Math.round(ms)} ms\n`)
  for (let moment = 0; moment < moments; moment++) {
    // By the clock a run is mostly killed before it scores; so every other one is killed by its rows.
    const [at, rowsAt] = [ms * random.uniform(), Math.ceil(items * random.uniform())]
    const byRows = moment % 2 === 1
    const { rows, different } = await run.kill((out, now) => (byRows ? rowsOf(out) >= rowsAt : now >= at))
    if (different.length > 0) failed++
    process.stdout.write(
      `killed ${byRows ? `at ${rowsAt} rows` : `after ${Math.round(at)} ms`}, ${rows} rows kept: ${different.length > 0 ? `DIFFERENT ${different.join(', ')}` : 'the same'}\n`,
    )
  }
} finally {
  rmSync(run.folder, { recursive: true })
}
failed += await endureStore(random)
process.exitCode = failed > 0 ? 1 : 0
