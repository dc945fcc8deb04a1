import { sum } from '../reading/gap.ts'
import type { Options } from '../reading/options.ts'
import type { ReadPair } from '../reading/read-pair.ts'
import type { Table } from '../reading/table.ts'

/** Every segment that has a part in the variation of information, in no order. */
export function segmentRows({ groundTruth, prediction }: ReadPair, table: Table, { log_base = 2 }: Options) {
  const { total, rows, columns, pairs, a, b } = table
  const perBit = log_base === 2 ? 1 : log_base === 'e' ? Math.LN2 : Math.log10(2)
  const labelIn = ({ segments, classes }: ReadPair['groundTruth'], segment: number) =>
    classes[segments.indexOf(segment)]
  const part = (n: number, size: number) => (n / total) * Math.log2(size / n) * perBit
  return [
    ...rows.map((row) => ({
      side: 'ground_truth',
      label: labelIn(groundTruth, row),
      area: a(row),
      contribution: sum(pairs.filter((pair) => pair.row === row).map(({ n }) => part(n, a(row)))),
    })),
    ...columns.map((column) => ({
      side: 'prediction',
      label: labelIn(prediction, column),
      area: b(column),
      contribution: sum(pairs.filter((pair) => pair.column === column).map(({ n }) => part(n, b(column)))),
    })),
  ].filter(({ contribution }) => contribution > 0)
}
