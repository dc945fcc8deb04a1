import { type Bomb, buildBombs } from '../test/decoding/bombs/build-bombs.ts'
import { type Blast, runBombs } from '../test/decoding/bombs/run-bombs.ts'
import { flags } from './flags.ts'
import { median } from './measure.ts'
import { printTable } from './table.ts'

/** CPU milliseconds, and megabytes above what the process had, that a bomb may cost. */
const goals = { cpuMs: 100, grownMb: 64 }

/** What small files that ask for much cost until they are refused, each in a process of its own. */
export async function run(): Promise<void> {
  const rows = []
  for (const bomb of buildBombs()) {
    const blasts = []
    for (let round = 0; round < flags.rounds; round++) blasts.push(...(await runBombs([bomb])))
    rows.push(rowOf(bomb, blasts))
  }
  printTable({
    title: 'Files that ask for much work or memory',
    reading: `Inspected as a worker does, medians of ${flags.rounds}; each is meant to cost at most ${goals.cpuMs} ms of CPU and ${goals.grownMb} MB more than before.`,
    columns: ['file', 'MB', 'outcome', 'CPU ms', 'added MB'],
    rows,
  })
}

function rowOf({ name, bytes }: Bomb, blasts: readonly Blast[]) {
  const cpuMs = median(blasts.map((blast) => blast.cpuMs))
  const grownMb = median(blasts.map((blast) => blast.grownBytes)) / 2 ** 20
  const misses = cpuMs > goals.cpuMs || grownMb > goals.grownMb ? ' (MISSES)' : ''
  return [name, bytes.length / 2 ** 20, blasts[0]!.outcome + misses, cpuMs, grownMb]
}
