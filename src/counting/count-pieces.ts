import type { LabelArray } from '../labels/label-map.ts'
import { type ContingencyTable, sumTables } from '../metrics/table/contingency-table.ts'
import { countMaps } from './count-maps.ts'
import { tooManyPairs } from './pair-counts.ts'

/** Tables of pieces are added up when they hold so many pairs more than the sum so far. */
const pairsBetweenSums = 100_000

/**
 * How often each label of one mask meets each label of another, both read in pieces of the same lengths: only a piece of
 * each is in memory.
 * @throws Refusal TOO_MANY_LABELS, and what reading throws
 */
export async function countPieces(
  groundTruth: AsyncGenerator<LabelArray>,
  prediction: AsyncGenerator<LabelArray>,
  { maxPairs }: { readonly maxPairs: number },
): Promise<ContingencyTable> {
  let sum = sumTables([])
  let tables: ContingencyTable[] = []
  let pairs = 0
  const addUp = () => {
    sum = sumTables([sum, ...tables])
    tables = []
    pairs = 0
    if (sum.counts.length > maxPairs) throw tooManyPairs(maxPairs)
  }
  try {
    for (;;) {
      const [a, b] = await Promise.all([groundTruth.next(), prediction.next()])
      if (a.done !== b.done || (!a.done && !b.done && a.value.length !== b.value.length))
        throw new RangeError('the masks come in pieces of different lengths')
      if (a.done || b.done) break
      const table = countMaps(piece(a.value), piece(b.value), { maxPairs })
      tables.push(table)
      pairs += table.counts.length
      if (pairs > sum.counts.length + pairsBetweenSums) addUp()
    }
  } finally {
    await Promise.all([groundTruth.return(undefined), prediction.return(undefined)])
  }
  addUp()
  return sum
}

const piece = (labels: LabelArray) => ({ width: labels.length, height: 1, depth: 1, labels })
