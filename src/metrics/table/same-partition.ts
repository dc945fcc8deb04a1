import type { ContingencyTable } from './contingency-table.ts'

/**
 * Whether both masks cut the pixels into the same segments, whatever the labels are called.
 *
 * Decided on integers: a pair for each row and each column, and no more. The corner cases of every score that is
 * 0/0 for equal partitions are decided by this test and never by comparing rounded numbers.
 */
export function samePartition(table: ContingencyTable): boolean {
  const pairs = table.counts.length
  return pairs === table.rowLabels.length && pairs === table.columnLabels.length
}
