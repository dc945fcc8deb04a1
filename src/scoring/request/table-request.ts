import { z } from 'zod'
import { isLabel } from '../../labels/label-range.ts'
import type { Limits } from '../../limits.ts'
import { type ContingencyTable, tableFromPairs } from '../../metrics/table/contingency-table.ts'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import { tableOptionsSchema } from './options.ts'
import type { ScoringRequest } from './request.ts'

/** How far the sum of the probabilities may be from 1: printing a table with few decimals changes it. */
const probabilityTolerance = 1e-6

const rows = z.array(z.array(z.number()))

/** The JSON body of POST /v1/table: one of four ways to give the counts. */
export const tableRequestSchema = z
  .strictObject({
    counts: rows
      .optional()
      .describe('Dense: rows = ground-truth labels 0, 1, …; columns = predicted labels 0, 1, …'),
    triples: rows.optional().describe('Sparse: [ground truth, prediction, count]'),
    probabilities: rows.optional().describe('Dense joint distribution; sums to 1'),
    probability_triples: rows
      .optional()
      .describe('Sparse joint distribution: [ground truth, prediction, probability]'),
    options: tableOptionsSchema.optional(),
  })
  .meta({ id: 'TableRequest' })
export const tableSources = ['counts', 'triples', 'probabilities', 'probability_triples'] as const

/** The one table that a request holds. */
export function readTable(request: ScoringRequest, limits: Limits): ContingencyTable {
  const present = tableSources.filter((source) => request.has(source))
  if (present.length !== 1)
    throw new Refusal(
      present.length === 0 ? 'MISSING_PART' : 'UNEXPECTED_PART',
      `The body has exactly one of ${tableSources.join(', ')}; this one has ${present.length === 0 ? 'none' : present.join(' and ')}.`,
    )
  const [source] = present
  const integral = source === 'counts' || source === 'triples'
  const sparse = source === 'triples' || source === 'probability_triples'
  const pointer = `/${source}`
  const cells = sparse
    ? readTriples(request.value(source), pointer)
    : readDense(request.value(source), pointer)
  checkCells(cells, integral, pointer, sparse)
  const table = tableFromPairs(cells, integral)
  if (table.counts.length > limits.maxLabelPairs)
    throw refuseField(
      'TOO_MANY_LABELS',
      pointer,
      `The table has ${table.counts.length} pairs of labels; the limit is ${limits.maxLabelPairs}.`,
    )
  if (integral) {
    if (!Number.isSafeInteger(table.total))
      throw refuseField('LABEL_OUT_OF_RANGE', pointer, 'The counts add up to more than 2^53 - 1.')
    return table
  }
  if (Math.abs(table.total - 1) > probabilityTolerance)
    throw refuseField('INVALID_ANNOTATION', pointer, `The probabilities sum to ${table.total}, not to 1.`)
  return table
}

interface Cells {
  groundTruth: number[]
  prediction: number[]
  counts: number[]
}

function readDense(value: unknown, pointer: string): Cells {
  const cells: Cells = { groundTruth: [], prediction: [], counts: [] }
  const matrix = arrayAt(value, pointer)
  matrix.forEach((row, i) => {
    const columns = arrayAt(row, `${pointer}/${i}`)
    if (columns.length !== arrayAt(matrix[0], `${pointer}/0`).length)
      throw refuseField(
        'INVALID_ANNOTATION',
        `${pointer}/${i}`,
        'This row has another number of columns than the first.',
      )
    columns.forEach((n, j) => {
      cells.groundTruth.push(i)
      cells.prediction.push(j)
      cells.counts.push(n as number)
    })
  })
  return cells
}

function readTriples(value: unknown, pointer: string): Cells {
  const cells: Cells = { groundTruth: [], prediction: [], counts: [] }
  arrayAt(value, pointer).forEach((item, i) => {
    const triple = arrayAt(item, `${pointer}/${i}`)
    if (triple.length !== 3 || !isLabel(triple[0]) || !isLabel(triple[1]))
      throw refuseField(
        'INVALID_ANNOTATION',
        `${pointer}/${i}`,
        'A triple is [ground-truth label, predicted label, n].',
      )
    cells.groundTruth.push(triple[0])
    cells.prediction.push(triple[1])
    cells.counts.push(triple[2] as number)
  })
  return cells
}

function checkCells({ counts }: Cells, integral: boolean, pointer: string, sparse: boolean): void {
  const wrong = counts.findIndex((n) => !(integral ? Number.isSafeInteger(n) : Number.isFinite(n)) || n < 0)
  if (wrong === -1) return
  const what = integral ? 'a count (an integer from 0)' : 'a probability'
  const message = `The value ${JSON.stringify(counts[wrong])?.slice(0, 40)} is not ${what}.`
  throw refuseField('INVALID_ANNOTATION', sparse ? `${pointer}/${wrong}/2` : pointer, message)
}

function arrayAt(value: unknown, pointer: string): unknown[] {
  if (!Array.isArray(value)) throw refuseField('INVALID_ANNOTATION', pointer, 'This is not an array.')
  return value
}
