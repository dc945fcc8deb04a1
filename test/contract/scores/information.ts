import { Gap, type Score, sum } from '../reading/gap.ts'
import type { Options } from '../reading/options.ts'
import { isSamePartition, type Table } from '../reading/table.ts'

/** Entropies in bits. */
export function entropies(table: Table) {
  const { total, rows, columns, pairs, a, b } = table
  const h = (sizes: readonly number[]) => sum(sizes.map((size) => (size / total) * Math.log2(total / size)))
  return {
    x: h(rows.map(a)),
    y: h(columns.map(b)),
    joint: h(pairs.map(({ n }) => n)),
    split: sum(pairs.map(({ row, n }) => (n / total) * Math.log2(a(row) / n))),
    merge: sum(pairs.map(({ column, n }) => (n / total) * Math.log2(b(column) / n))),
    mutual: sum(
      pairs.map(({ row, column, n }) => (n / total) * Math.log2((n * total) / (a(row) * b(column)))),
    ),
  }
}

export function miLoss(table: Table): Record<string, Score> {
  if (table.total === 0) {
    const none = new Gap('no_pixels')
    return { mi_loss: none, mi_loss_split: none, mi_loss_merge: none }
  }
  const { joint, split, merge } = entropies(table)
  // Both masks constant: nothing to know, nothing lost.
  const share = (part: number) => (joint === 0 ? 0 : part / joint)
  return { mi_loss: share(split + merge), mi_loss_split: share(split), mi_loss_merge: share(merge) }
}

const units = { 2: ['bits', 1], e: ['nats', Math.LN2], 10: ['hartleys', Math.log10(2)] } as const

export function information(table: Table, options: Options): Record<string, unknown> {
  const [unit, perBit] = units[options.log_base ?? 2]
  const { total, rows, columns } = table
  const { x, y, joint, split, merge, mutual } = entropies(table)
  const whole = (score: Score): Score => (total === 0 ? new Gap('no_pixels') : score)
  const inUnit = (bits: number) => whole(bits * perBit)
  const same = isSamePartition(table)
  const oneConstant = !same && (rows.length === 1 || columns.length === 1)
  const nmi = (of: number) => whole(same ? 1 : oneConstant ? 0 : mutual / of)
  const homogeneity = x === 0 ? 1 : mutual / x
  const completeness = y === 0 ? 1 : mutual / y
  const both = homogeneity + completeness
  const { beta = 1 } = options
  const includes = (extra: string) => options.include?.includes(extra) ?? false
  return {
    unit,
    h_ground_truth: inUnit(x),
    h_prediction: inUnit(y),
    h_joint: inUnit(joint),
    mi: inUnit(mutual),
    vi: inUnit(split + merge),
    vi_split: inUnit(split),
    vi_merge: inUnit(merge),
    vi_log_n: whole(total === 1 ? 0 : (split + merge) / Math.log2(total)),
    nid: whole(same ? 0 : 1 - mutual / Math.max(x, y)),
    nmi: {
      min: nmi(Math.min(x, y)),
      geometric: nmi(Math.sqrt(x * y)),
      arithmetic: nmi((x + y) / 2),
      max: nmi(Math.max(x, y)),
      joint: nmi(joint),
    },
    homogeneity: whole(homogeneity),
    completeness: whole(completeness),
    v_measure: whole(
      both === 0 ? 0 : ((1 + beta) * homogeneity * completeness) / (beta * homogeneity + completeness),
    ),
    ...(includes('ami') && adjusted(table, perBit, whole)),
    ...(includes('miller_madow') && { miller_madow: millerMadow(table, perBit, whole) }),
  }
}

function millerMadow(table: Table, perBit: number, whole: (score: Score) => Score) {
  const { total, rows, columns, pairs } = table
  const { x, y, joint } = entropies(table)
  const corrected = (bits: number, cells: number) => (bits + (cells - 1) / (2 * total) / Math.LN2) * perBit
  const hx = corrected(x, rows.length)
  const hy = corrected(y, columns.length)
  const hxy = corrected(joint, pairs.length)
  return {
    h_ground_truth: whole(hx),
    h_prediction: whole(hy),
    h_joint: whole(hxy),
    mi: whole(hx + hy - hxy),
  }
}

function adjusted(table: Table, perBit: number, whole: (score: Score) => Score) {
  const { total, rows, columns } = table
  const { x, y, mutual } = entropies(table)
  const expected = expectedMutualInformation(table)
  const isTrivial = [rows.length, columns.length].some((segments) => segments === 1 || segments === total)
  const ami = (average: number): Score => {
    if (total > 0 && isSamePartition(table)) return 1
    if (isTrivial || average - expected <= 1e-15) return whole(0)
    return whole((mutual - expected) / (average - expected))
  }
  return {
    expected_mi: whole(expected * perBit),
    ami: {
      min: ami(Math.min(x, y)),
      geometric: ami(Math.sqrt(x * y)),
      arithmetic: ami((x + y) / 2),
      max: ami(Math.max(x, y)),
    },
  }
}

/** The mean of the mutual information over all layouts of segments of these sizes: a hypergeometric sum, in bits. */
function expectedMutualInformation({ total, rows, columns, a, b }: Table): number {
  const logFactorial = [0]
  for (let k = 1; k <= total; k++) logFactorial[k] = logFactorial[k - 1] + Math.log(k)
  const choose = (n: number, k: number) => logFactorial[n] - logFactorial[k] - logFactorial[n - k]
  let expected = 0
  for (const size of rows.map(a))
    for (const other of columns.map(b))
      for (let n = Math.max(1, size + other - total); n <= Math.min(size, other); n++) {
        const chance = Math.exp(choose(other, n) + choose(total - other, size - n) - choose(total, size))
        expected += chance * (n / total) * Math.log2((n * total) / (size * other))
      }
  return expected
}
