import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Report } from '../../scoring/report/report.ts'

/**
 * Average precision and AUROC of one image, each the mean over the classes in which it is defined. Nothing of thresholds is
 * asked for: none.
 */
export function thresholdScoresOf({
  thresholds,
  reasons,
}: Pick<Report, 'thresholds' | 'reasons'>): Map<string, Score> {
  if (thresholds === undefined) return new Map()
  return new Map(
    (['average_precision', 'auroc'] as const).map((name) => {
      const values = thresholds?.per_class.flatMap((row) => row[name] ?? []) ?? []
      const reason = reasons['/thresholds'] ?? reasons[`/thresholds/per_class/0/${name}`] ?? 'absent_both'
      return [name, values.length === 0 ? undefinedBecause(reason) : meanOf(values)]
    }),
  )
}

function meanOf(values: readonly number[]): number {
  const sum = new ExactSum()
  for (const value of values) sum.add(value)
  return sum.value / values.length
}
