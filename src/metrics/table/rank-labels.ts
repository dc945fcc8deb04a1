import { stableOrder } from './stable-order.ts'

/** The distinct values of a list, and which of them each entry is. */
export interface RankedLabels {
  /** Ascending. */
  readonly distinct: Float64Array
  /** `distinct[ranks[k]]` is the k-th label given. */
  readonly ranks: Uint32Array
}

/** Comparing as many takes less time than counting two times 65,536 digits. */
const maxCompared = 1000

/** Linear in the number of labels where they are integers of 32 bits, as labels are; else n log n. */
export function rankLabels(labels: ArrayLike<number>): RankedLabels {
  const { least, width } = integerSpan(labels)
  if (width <= 4 * labels.length + 65_536) return rankByOffset(labels, least, width)
  const byDigits = width <= 2 ** 32 && labels.length > maxCompared
  return rankInOrder(labels, byDigits ? orderByDigits(labels, least) : orderByComparing(labels))
}

/** The smallest label and how many integers lie from it to the largest; infinitely many unless all are integers. */
function integerSpan(labels: ArrayLike<number>): { least: number; width: number } {
  let least = labels.length === 0 ? 0 : labels[0]
  let largest = least
  for (let k = 0; k < labels.length; k++) {
    const label = labels[k]
    if (!Number.isInteger(label)) return { least, width: Number.POSITIVE_INFINITY }
    if (label < least) least = label
    if (label > largest) largest = label
  }
  return { least, width: largest - least + 1 }
}

function rankByOffset(labels: ArrayLike<number>, least: number, width: number): RankedLabels {
  const ranks = new Uint32Array(labels.length)
  const rankOf = new Uint32Array(width)
  for (let k = 0; k < ranks.length; k++) rankOf[labels[k] - least] = 1
  let size = 0
  for (let offset = 0; offset < width; offset++) size += rankOf[offset]
  const distinct = new Float64Array(size)
  let rank = 0
  for (let offset = 0; offset < width; offset++) {
    if (rankOf[offset] === 0) continue
    distinct[rank] = least + offset
    rankOf[offset] = rank++
  }
  for (let k = 0; k < ranks.length; k++) ranks[k] = rankOf[labels[k] - least]
  return { distinct, ranks }
}

function rankInOrder(labels: ArrayLike<number>, order: Uint32Array): RankedLabels {
  const distinct = new Float64Array(labels.length)
  const ranks = new Uint32Array(labels.length)
  let size = 0
  for (const k of order) {
    if (size === 0 || distinct[size - 1] !== labels[k]) distinct[size++] = labels[k]
    ranks[k] = size - 1
  }
  return { distinct: distinct.slice(0, size), ranks }
}

/** Two rounds of 16 bits each. */
function orderByDigits(labels: ArrayLike<number>, least: number): Uint32Array {
  const low = new Uint16Array(labels.length)
  const high = new Uint16Array(labels.length)
  for (let k = 0; k < labels.length; k++) {
    const offset = labels[k] - least
    low[k] = offset
    high[k] = offset / 65_536
  }
  return stableOrder(high, 65_536, stableOrder(low, 65_536))
}

const orderByComparing = (labels: ArrayLike<number>): Uint32Array =>
  Uint32Array.from({ length: labels.length }, (_, k) => k).sort((a, b) => labels[a] - labels[b])
