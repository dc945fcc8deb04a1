import { existsSync, readFileSync } from 'node:fs'
import { type ContingencyTable, tableFromPairs } from '../../src/metrics/contingency-table.ts'

/** Numbers as golden.json has them: JSON has no NaN and no infinity. */
export type GoldenNumber = number | 'nan' | 'inf'

export interface GoldenClassRow {
  readonly label: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly iou: GoldenNumber
  readonly dice: GoldenNumber
  readonly precision: GoldenNumber
  readonly recall: GoldenNumber
  readonly specificity: GoldenNumber
  readonly volumetric_similarity: GoldenNumber
}

export interface GoldenCase {
  readonly id: string
  readonly expected: {
    readonly counted_pixels: number
    readonly contingency?: {
      readonly triples_gt_pred_count?: readonly (readonly [number, number, number])[]
    }
    readonly info?: Readonly<Record<string, GoldenNumber>>
    readonly pairs?: Readonly<Record<string, GoldenNumber>>
    readonly classes?: Readonly<Record<string, GoldenNumber>> & {
      readonly num_classes: number
      readonly per_class: readonly GoldenClassRow[]
    }
  }
}

interface GoldenTable {
  readonly id: string
  readonly table: ContingencyTable
  readonly expected: GoldenCase['expected']
}

/** The golden cases whose contingency table is written out, own and (where present) real. */
export const goldenTables: readonly GoldenTable[] = [
  '../golden/golden.json',
  '../../../shared/golden/real/golden.json',
].flatMap((path) => {
  const url = new URL(path, import.meta.url)
  if (!existsSync(url)) return []
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: readonly GoldenCase[] }
  return cases.flatMap(({ id, expected }) => {
    const triples = expected.contingency?.triples_gt_pred_count
    return triples ? [{ id, expected, table: tableOf(triples) }] : []
  })
})

/** A table from [ground truth, prediction, count] triples. */
export function tableOf(
  triples: readonly (readonly [number, number, number])[],
  integral = true,
): ContingencyTable {
  return tableFromPairs(
    {
      groundTruth: triples.map(([label]) => label),
      prediction: triples.map(([, label]) => label),
      counts: triples.map(([, , count]) => count),
    },
    integral,
  )
}
