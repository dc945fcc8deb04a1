import fc from 'fast-check'
import type { ItemRow, PanopticRow } from '../../src/evaluations/rows/item-row.ts'
import { withMaps } from './random-map-rows.ts'
import { rowOfPairs } from './rows.ts'

const triple = fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 500 }))
const panoptic = fc
  .tuple(fc.nat(2), fc.nat(3), fc.nat(3), fc.nat(3), fc.double({ min: 0.5, max: 1, noNaN: true }))
  .map(([category, tp, fp, fn, iou]): PanopticRow => [category, tp * iou, tp, fp, fn])

const withPixels = ({ total, counted, ignored }: ItemRow['pixels'], more: number) => ({
  total: total + more,
  counted: counted + more,
  ignored,
})

/** Lesions of label 1 by the rules of BraTS; the distance is sometimes too much work. */
export const lesionScores = fc
  .record({
    detected: fc.nat(2),
    missed: fc.nat(2),
    invented: fc.nat(2),
    dice: fc.double({ min: 0, max: 1, noNaN: true }),
    distance: fc.option(fc.double({ min: 0, max: 374, noNaN: true }), { freq: 20 }),
  })
  .map(
    ({ detected, missed, invented, dice, distance }): Record<string, number | null> => ({
      lesions_of_1: detected + missed,
      lesions_predicted_of_1: detected + invented,
      lesions_detected_of_1: detected,
      lesions_false_of_1: invented,
      lesion_mean_dice_of_1: dice,
      lesion_mean_dice: dice,
      lesion_mean_hausdorff_95_of_1: distance,
    }),
  )

/** A scored row with classes, objects, sometimes without a pixel, and a score that is sometimes undefined. */
const row = fc
  .record({
    triples: fc.array(triple, { maxLength: 6 }),
    panoptic: fc.uniqueArray(panoptic, { maxLength: 3, selector: ([category]) => category }),
    half: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    ari: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    other: fc.option(fc.tuple(fc.constantFrom(7, 8), fc.nat(50), fc.nat(50), fc.nat(50))),
    group: fc.nat(6),
    camera: fc.constantFrom('left', 'right'),
    lesions: lesionScores,
  })
  .map(({ triples, half, ari, other, ...given }) => {
    const scored = rowOfPairs(0, triples)
    return {
      ...scored,
      panoptic: given.panoptic,
      thresholds: [[0.5, ...half] as const],
      scores: { ...scored.scores, ...given.lesions, ari },
      reasons: ari === null ? { ari: 'budget' as const } : {},
      ...(other && { other_labels: [other], pixels: withPixels(scored.pixels, other[1] + other[3]) }),
      group: `group-${given.group}`,
      by: { camera: given.camera },
    } satisfies ItemRow
  })

/** The scored rows of a run, in manifest order; `grouped` says whether items have groups. Some runs are of probability maps. */
export const randomRows = (grouped: boolean, maxLength = 20): fc.Arbitrary<ItemRow[]> =>
  fc
    .tuple(fc.array(row, { minLength: 1, maxLength }), fc.boolean())
    .map(([rows, hasMaps]) => ({
      hasMaps,
      rows: rows.map(
        ({ group, ...given }, index): ItemRow => ({
          ...given,
          index,
          key: `item-${String(index).padStart(4, '0')}`,
          ...(grouped && { group }),
        }),
      ),
    }))
    .chain(({ hasMaps, rows }) => (hasMaps ? withMaps(rows) : fc.constant(rows)))
