import { writeFileSync } from 'node:fs'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import type { Evaluated } from '../detection.ts'
import { peakMbOf } from '../service/process-tree.ts'

/** Evaluates a dataset in this fresh process; prints the scores, the CPU of all its threads and the peak of its memory. */
const [groundTruth, results] = process.argv.slice(2)
const printed: string[] = []
const before = process.cpuUsage()
const code = await runCommand(
  [
    ...['evaluate', groundTruth, results, '--options', '{"families":["detection"]}'],
    ...['--threads', '1', '--intervals', 'none', '--progress', 'none', '--json'],
  ],
  {},
  { out: (text) => printed.push(text), err: (text) => process.stderr.write(`${text}\n`) },
)
if (code !== 0) throw new Error(`evaluate ended with ${code}`)
const { user, system } = process.cpuUsage(before)
const summary: Summary = JSON.parse(printed.join(''))
const { detection } = summary.pooled
if (!detection) throw new Error('there is no AP')
const { per_category: _, curves: _curves, ...scores } = detection
const seconds = { all: (user + system) / 1e6 }
const answer = { scores, seconds, peak_mb: peakMbOf(process.pid) } satisfies Evaluated
writeFileSync(1, JSON.stringify(answer))
