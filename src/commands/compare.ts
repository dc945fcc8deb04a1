import { existsSync, realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compareRuns } from '../evaluations/comparison/compare-runs.ts'
import type { ComparedRun } from '../evaluations/comparison/compared-run.ts'
import { rankRuns } from '../evaluations/comparison/ranks.ts'
import { evaluationOptionsSchema } from '../evaluations/options.ts'
import { visible } from '../evaluations/reports/escape.ts'
import { Refusal } from '../problems/refusal.ts'
import { parseOptions } from '../scoring/request/parse-options.ts'
import type { Command } from './command.ts'
import { comparisonTable } from './evaluation/comparison-table.ts'
import { ranksTable } from './evaluation/ranks-table.ts'
import { readResults } from './evaluation/results-folder.ts'

const numbers = ['replicates', 'level', 'seed', 'worst'] as const

export const compareCommand: Command = {
  usage: 'A B… [--json]',
  summary: 'two results of evaluate against each other, or ranks of several',
  details: `A, B, … are folders that evaluate --out wrote, on the same ground truth and with the same options that change a count.
Two: what B is better and worse at than A. More: the rank of each by every headline score.

  --level L, --replicates N, --seed N
                               of the intervals (0.95, 2000, 0)
  --intervals summary|all      all: also of the difference of AP, by 200 resamples (summary)
  --worst N                    how many of the items that got worse most are listed (24)
  --json                       comparison.json, or the ranks, instead of a table

Exit code 0: they were compared; 2: bad input, such as results on other ground truth.`,
  async run(args, _env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        replicates: { type: 'string' },
        level: { type: 'string' },
        seed: { type: 'string' },
        worst: { type: 'string' },
        intervals: { type: 'string' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    })
    if (positionals.length < 2)
      throw new Refusal('MISSING_PART', 'Name two or more folders with results of evaluate.')
    const places = positionals.map((folder) => (existsSync(folder) ? realpathSync(folder) : folder))
    const twice = positionals.find((_, index) => places.indexOf(places[index]) !== index)
    if (twice !== undefined)
      throw new Refusal('MISSING_PART', `${JSON.stringify(twice)} is named twice: name different results.`)
    const given = numbers.filter((name) => values[name] !== undefined)
    const options = parseOptions(evaluationOptionsSchema, {
      ...Object.fromEntries(given.map((name) => [name, Number(values[name] || Number.NaN)])),
      ...(values.intervals !== undefined && { intervals: values.intervals }),
    })
    const runs = named(positionals)
    const [a, b] = runs
    const answer = runs.length === 2 ? compareRuns(a, b, options) : rankRuns(runs, options)
    if (values.json) terminal.out(JSON.stringify(answer, null, 2))
    else terminal.out(('a' in answer ? comparisonTable(answer) : ranksTable(answer)).map(visible).join('\n'))
    return 0
  },
}

/** The runs by the names of their folders; by their whole paths where two folders are named alike. */
function named(folders: readonly string[]): ComparedRun[] {
  const runs = folders.map(readResults)
  const isUnique = new Set(runs.map(({ name }) => name)).size === runs.length
  return isUnique ? runs : runs.map((run, place) => ({ ...run, name: folders[place] }))
}
