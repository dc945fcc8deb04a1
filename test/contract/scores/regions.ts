import { Gap, type Score, sum } from '../reading/gap.ts'
import type { Table } from '../reading/table.ts'
import { bestAssignment } from './assignment.ts'

export function regions(table: Table): Record<string, Score> {
  const { total, rows, columns, n, a, b } = table
  const iou = (row: number, column: number) => n(row, column) / (a(row) + b(column) - n(row, column))
  const largest = (values: readonly number[]) => Math.max(0, ...values)
  const over = <T>(items: readonly T[], value: (item: T) => number) => sum(items.map(value)) / total
  const split = ({ row, n }: Table['pairs'][number]) => n * ((a(row) - n) / a(row))
  const merge = ({ column, n }: Table['pairs'][number]) => n * ((b(column) - n) / b(column))
  const scores: Record<string, Score> = {
    covering_ground_truth: over(rows, (row) => a(row) * largest(columns.map((column) => iou(row, column)))),
    covering_prediction: over(columns, (column) => b(column) * largest(rows.map((row) => iou(row, column)))),
    one_to_one_accuracy:
      sum(bestAssignment(rows.map((row) => columns.map((column) => n(row, column))))) / total,
    purity: over(columns, (column) => largest(rows.map((row) => n(row, column)))),
    inverse_purity: over(rows, (row) => largest(columns.map((column) => n(row, column)))),
    gce: Math.min(over(table.pairs, split), over(table.pairs, merge)),
    undersegmentation_error: over(table.pairs, ({ column, n }) => Math.min(n, b(column) - n)),
    lce: over(table.pairs, (pair) => Math.min(split(pair), merge(pair))),
  }
  if (total > 0) return scores
  return Object.fromEntries(Object.keys(scores).map((name) => [name, new Gap('no_pixels')]))
}
