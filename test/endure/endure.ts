import { rmSync } from 'node:fs'
import { Random } from '../evaluations/random.ts'
import { KilledRun } from './killed-run.ts'

/** `npm run endure [SEED]`: kills runs at 20 random moments, and compares what they leave when they are resumed. */
const moments = 20
const seed = Number(process.argv[2] ?? Date.now() % 1e6)
const random = new Random(seed)
const run = new KilledRun(600)
let failed = 0
try {
  const ms = await run.undisturbed()
  process.stdout.write(`seed ${seed}; an undisturbed run takes ${Math.round(ms)} ms\n`)
  for (let moment = 0; moment < moments; moment++) {
    const at = ms * random.uniform()
    const { rows, different } = await run.kill((_, now) => now >= at)
    if (different.length > 0) failed++
    process.stdout.write(
      `killed after ${Math.round(at)} ms with ${rows} rows: ${different.length > 0 ? `DIFFERENT ${different.join(', ')}` : 'the same'}\n`,
    )
  }
} finally {
  rmSync(run.folder, { recursive: true })
}
process.exitCode = failed > 0 ? 1 : 0
