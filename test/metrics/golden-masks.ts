import { existsSync, readFileSync } from 'node:fs'
import type { LabelMap } from '../../src/labels/label-map.ts'
import type { ContingencyTable } from '../../src/metrics/table/contingency-table.ts'
import { readGoldenMask } from '../oracle/golden-mask.ts'
import type { GoldenCase } from './golden-cases.ts'
import { tableOfLabels } from './tables.ts'

/** A golden case with its masks, which are read when they are asked for. */
export interface GoldenMasks {
  readonly id: string
  readonly expected: GoldenCase['expected']
  readonly peers: NonNullable<GoldenCase['peers']>
  readonly masks: () => { readonly groundTruth: LabelMap; readonly prediction: LabelMap }
  /** The counted pixels. */
  readonly table: () => ContingencyTable
}

/** All golden cases, own and (where present) real. */
export const goldenMasks: readonly GoldenMasks[] = ['../golden/', '../../../shared/golden/real/'].flatMap(
  (path) => {
    const folder = new URL(path, import.meta.url)
    const list = new URL('golden.json', folder)
    if (!existsSync(list)) return []
    const { cases } = JSON.parse(readFileSync(list, 'utf8')) as { cases: readonly GoldenCase[] }
    return cases.map(({ id, gt, pred, encoding, ignore_gt_labels, expected, peers = {} }) => {
      const masks = () => ({
        groundTruth: readGoldenMask(new URL(gt, folder), encoding.gt),
        prediction: readGoldenMask(new URL(pred, folder), encoding.pred),
      })
      const table = () => {
        const { groundTruth, prediction } = masks()
        const isCounted = (_: number, pixel: number) => !ignore_gt_labels.includes(groundTruth.labels[pixel])
        return tableOfLabels(groundTruth.labels.filter(isCounted), prediction.labels.filter(isCounted))
      }
      return { id, expected, peers, masks, table }
    })
  },
)
