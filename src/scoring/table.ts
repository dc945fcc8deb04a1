import type { z } from 'zod'
import { segmentContributions } from '../metrics/information/segments.ts'
import type { ContingencyTable } from '../metrics/table/contingency-table.ts'
import type { ScoringContext } from './context.ts'
import { countLabels } from './pair/count-labels.ts'
import { pairRules } from './pair/label-rules.ts'
import { runChecks } from './report/checks.ts'
import type { tableReportSchema } from './report/report.ts'
import { settle } from './report/settle.ts'
import { classNames } from './request/class-list.ts'
import type { TableOptions } from './request/options.ts'
import { parseTableOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { readTable } from './request/table-request.ts'
import { tableScores, triples } from './scores/table-scores.ts'
import { tableWarnings } from './scores/table-warnings.ts'
import { StageClock } from './stage-clock.ts'

export type TableReport = z.output<typeof tableReportSchema>

/** Opens a request of POST /v1/table and scores its table. */
export function table(
  request: ScoringRequest,
  context: ScoringContext,
): { report: TableReport; clock: StageClock } {
  const clock = new StageClock()
  const options = parseTableOptions(request.options)
  const counted = clock.run('count', () => readTable(request, context.limits))
  const report = clock.run('metrics', () => scoreTable(counted, options))
  return { report, clock }
}

/**
 * Every family that a table alone can answer, of those that `parseTableOptions` read from the caller's options.
 * @example
 * import { tableFromPairs } from './src/metrics/table/contingency-table.ts'
 * import { parseTableOptions } from './src/scoring/request/parse-options.ts'
 * import { scoreTable } from './src/scoring/table.ts'
 *
 * const table = tableFromPairs({ groundTruth: [0, 0, 1], prediction: [0, 1, 1], counts: [4, 1, 3] })
 * const report = scoreTable(table, parseTableOptions({ families: ['overlap'] }))
 * report.overlap?.pixel_accuracy // → 0.875
 * report.overlap?.per_class[0].iou // → 0.8
 */
export function scoreTable(all: ContingencyTable, options: TableOptions): TableReport {
  const counted = countLabels(all, pairRules(options), options)
  const table = counted.classes
  const names = classNames(options.classes)
  const { value, reasons } = settle({
    ...tableScores({ ...counted, partition: table }, options, names),
    ...(options.include.includes('segments') && {
      segments: segmentContributions(table, { logBase: options.log_base, top: options.segments.top }),
    }),
    ...(options.include.includes('contingency') && { contingency: triples(table) }),
  })
  const { mi_loss, mi_loss_split, mi_loss_merge, ...families } = value
  return {
    mi_loss,
    mi_loss_split,
    mi_loss_merge,
    pixels: { total: all.total, counted: table.total, ignored: all.total - table.total },
    ...families,
    ...(options.checks.length > 0 && { checks: runChecks(options.checks, value) }),
    reasons,
    warnings: tableWarnings(table, { ...options, voidLabels: counted.voidLabels, listed: names.listed }),
    options,
  }
}
