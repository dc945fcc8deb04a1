import { existsSync, readFileSync } from 'node:fs'
import { type ContingencyTable, tableFromPairs } from '../../src/metrics/table/contingency-table.ts'

/** Numbers as golden.json has them: JSON has no NaN and no infinity. */
export type GoldenNumber = number | 'nan' | 'inf'

interface GoldenClassRow {
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

/** Counts and scores of one threshold, by the peers' names. */
type GoldenMatches = Readonly<Record<string, GoldenNumber>>

interface GoldenInstances {
  readonly background: number
  readonly n_gt: number
  readonly n_pred: number
  /** By threshold with two decimals: IoU ≥ t and IoU > t. */
  readonly thresholds: Readonly<Record<string, { readonly ge: GoldenMatches; readonly gt: GoldenMatches }>>
  readonly mean_ap_050_095_ge: GoldenNumber
  readonly aji?: number
  readonly aji_plus?: number
  readonly sbd?: number
}

/** Scores of one label; keys that end in a tolerance are found by name. */
export type GoldenSurface = Readonly<Record<string, GoldenNumber>> & {
  readonly label: number
  readonly spacing_row_col: readonly [number, number]
  readonly tolerances: readonly number[]
}

export interface GoldenPeers {
  readonly stardist?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly cellpose?: { readonly ap_050_075_090: readonly number[] }
  readonly hover_net?: {
    readonly aji: number
    readonly aji_plus: number
    readonly dq_sq_pq: readonly [number, number, number]
  }
  readonly panopticapi?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly surface?: readonly GoldenSurface[]
}

export interface GoldenCase {
  readonly id: string
  readonly gt: string
  readonly pred: string
  readonly encoding: { readonly gt: string; readonly pred: string }
  readonly ignore_gt_labels: readonly number[]
  readonly peers?: GoldenPeers
  readonly expected: {
    readonly counted_pixels: number
    readonly contingency?: {
      readonly triples_gt_pred_count?: readonly (readonly [number, number, number])[]
    }
    readonly info?: Readonly<Record<string, GoldenNumber>>
    readonly pairs?: Readonly<Record<string, GoldenNumber>>
    readonly regions?: Readonly<Record<string, GoldenNumber>>
    readonly instances?: GoldenInstances
    readonly surface?: readonly GoldenSurface[]
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
  readonly peers: GoldenPeers
}

/** The golden cases whose contingency table is written out, own and (where present) real. */
export const goldenTables: readonly GoldenTable[] = [
  '../golden/golden.json',
  '../../../shared/golden/real/golden.json',
].flatMap((path) => {
  const url = new URL(path, import.meta.url)
  if (!existsSync(url)) return []
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: readonly GoldenCase[] }
  return cases.flatMap(({ id, expected, peers = {} }) => {
    const triples = expected.contingency?.triples_gt_pred_count
    return triples ? [{ id, expected, peers, table: tableOf(triples) }] : []
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
