import { isAssumed } from '../checks/check-names.ts'
import { asEmpty } from '../rows/as-empty.ts'
import type { ItemRow } from '../rows/item-row.ts'
import { inCatalogueOrder } from '../score-facts.ts'
import { macroPointer } from '../summary/headline.ts'
import { macroBlock } from '../summary/macro-block.ts'
import type { Summary } from '../summary/summary.ts'
import { headlineRows } from './headline-rows.ts'
import type { ReportInput, ReportText } from './report-input.ts'

/**
 * `grand-challenge.json` in the shape of the `metrics.json` that evalutils writes for grand-challenge.org: `case`, score →
 * number of the case → value, with the keys of the cases as `key`; `aggregates`, score → mean, std (n − 1), min, max, 25pc,
 * 50pc, 75pc, count; `aggregates.pooled`, the headline scores of summed counts. What is undefined is null.
 *
 * A failed or skipped case counts as an empty prediction, so that it improves no mean, and pooled scores of an incomplete run
 * are null. So are aggregates that rest on labels being classes when nobody said so: they stand for no place on a leaderboard.
 *
 * Source: evalutils before 0.5 (`ClassificationEvaluation`, pandas' `DataFrame.to_dict` and `Series.describe`).
 */
export function grandChallengeReport({ summary, rows }: ReportInput): ReportText {
  const cases = new Map<number, ItemRow>()
  const inNoMean: string[] = []
  const names = new Set<string>()
  for (const given of rows()) {
    const row = asEmpty(given)
    if (row.status !== 'scored') {
      inNoMean.push(row.key)
      continue
    }
    cases.set(row.index, row)
    for (const name of Object.keys(row.scores)) names.add(name)
  }
  return pieces(summary, cases, inCatalogueOrder(names), inNoMean)
}

function* pieces(
  summary: Summary,
  cases: ReadonlyMap<number, ItemRow>,
  names: readonly string[],
  inNoMean: readonly string[],
): Generator<string> {
  yield '{"case": {"key": '
  yield column(cases, ({ key }) => key)
  for (const name of names)
    yield `,\n${JSON.stringify(name)}: ${column(cases, ({ scores }) => scores[name] ?? null)}`
  const aggregates = names.map((name) => [name, aggregatesOf(name, cases, summary)] as const)
  const pooled = Object.fromEntries(
    headlineRows(summary)
      .filter(({ kind }) => kind === 'pooled')
      .map(({ score, value, assumed }) => [score, summary.complete && !assumed ? value : null]),
  )
  yield `},\n"aggregates": ${JSON.stringify({ ...Object.fromEntries(aggregates), pooled })},\n`
  const { complete, items } = summary
  yield `"maskscore": ${JSON.stringify({ complete, items, in_no_mean: inNoMean })}}\n`
}

const column = (cases: ReadonlyMap<number, ItemRow>, cell: (row: ItemRow) => string | number | null) =>
  `{${[...cases].map(([index, row]) => `"${index}":${JSON.stringify(cell(row))}`).join(',')}}`

const nothing = { mean: null, std: null, min: null, max: null, '25pc': null, '50pc': null, '75pc': null }

function aggregatesOf(name: string, cases: ReadonlyMap<number, ItemRow>, summary: Summary) {
  const values = Float64Array.from(cases.values(), ({ scores }) => scores[name] ?? Number.NaN)
  const { mean, std, min, max, p25, median, p75, defined } = macroBlock(name, values, new Map())
  if (isAssumed(macroPointer(name), summary)) return { ...nothing, count: defined }
  return { mean, std, min, max, '25pc': p25, '50pc': median, '75pc': p75, count: defined }
}
