import { z } from 'zod'
import { isLabel } from '../../labels/label-range.ts'
import type { Limits } from '../../limits.ts'
import { type ContingencyTable, tableFromPairs } from '../../metrics/table/contingency-table.ts'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import { tableOptionsSchema } from './options.ts'
import type { ScoringRequest } from './request.ts'

/** How far the probabilities may sum from 1: what decimals lose when a table is printed. */
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
  const given = tableSources.filter((source) => request.has(source))
  if (given.length !== 1)
    throw new Refusal(
      given.length === 0 ? 'MISSING_PART' : 'UNEXPECTED_PART',
      `the body has exactly one of ${tableSources.join(', ')}; this one has ${given.length === 0 ? 'none' : given.join(' and ')}`,
    )
  const [source] = given
  const integral = source === 'counts' || source === 'triples'
  const sparse = source === 'triples' || source === 'probability_triples'
  const pointer = `/${source}`
  const triplesGiven = sparse
    ? readTriples(request.value(source), pointer)
    : readDense(request.value(source), pointer)
  checkCells(triplesGiven, integral, pointer, sparse)
  const table = tableFromPairs(triplesGiven, integral)
  if (table.counts.length > limits.maxLabelPairs)
    throw refuseField(
      'TOO_MANY_LABELS',
      pointer,
      `${table.counts.length} label pairs; the limit is ${limits.maxLabelPairs}`,
    )
  if (integral) {
    if (!Number.isSafeInteger(table.total))
      throw refuseField('LABEL_OUT_OF_RANGE', pointer, 'the counts add up to more than 2^53 - 1')
    return table
  }
  if (Math.abs(table.total - 1) > probabilityTolerance)
    throw refuseField('INVALID_ANNOTATION', pointer, `the probabilities sum to ${table.total}, not to 1`)
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
      throw refuseField('INVALID_ANNOTATION', `${pointer}/${i}`, 'all rows have the same number of columns')
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
        'a triple is [ground-truth label, predicted label, n]',
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
  const message = `${JSON.stringify(counts[wrong])?.slice(0, 40)} is not ${integral ? 'a count (an integer from 0)' : 'a probability'}`
  throw refuseField('INVALID_ANNOTATION', sparse ? `${pointer}/${wrong}/2` : pointer, message)
}

function arrayAt(value: unknown, pointer: string): unknown[] {
  if (!Array.isArray(value)) throw refuseField('INVALID_ANNOTATION', pointer, 'this is not an array')
  return value
}
