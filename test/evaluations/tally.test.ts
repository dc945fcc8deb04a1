import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { maxClasses } from '../../src/evaluations/tally/class-sums.ts'
import { maxJointLabels } from '../../src/evaluations/tally/joint-table.ts'
import { Tally } from '../../src/evaluations/tally/tally.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { mapRow } from './random-map-rows.ts'
import { lesionScores } from './random-rows.ts'
import { rowOf, rowOfPairs } from './rows.ts'

const triple = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 1e6 }))
const fraction = fc.double({ min: 0, max: 1, noNaN: true })

const scoredRow = fc
  .record({
    triples: fc.array(triple, { maxLength: 8 }),
    weight: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
    panoptic: fc.array(fc.tuple(fc.option(fc.nat(3)), fraction, fc.nat(9), fc.nat(9), fc.nat(9)), {
      maxLength: 4,
    }),
    thresholds: fc.array(fc.tuple(fc.constantFrom(0.5, 0.75), fc.option(fc.nat(9)), fc.nat(9), fc.nat(9)), {
      maxLength: 2,
    }),
    ari: fc.option(fraction),
    joint: fc.constantFrom('row', 'row', 'row', 'chunk', 'lost'),
    substituted: fc.boolean(),
    maps: fc.option(mapRow, { nil: undefined }),
    brier: fc.option(fraction),
    lesions: lesionScores,
  })
  .map(({ triples, weight, panoptic, thresholds, ari, joint, substituted, maps, brier, lesions }) => {
    const { joint: kept, ...row } = rowOfPairs(0, triples)
    return {
      ...row,
      ...(weight !== undefined && { weight }),
      panoptic,
      thresholds,
      scores: { ...row.scores, ari, brier, ...lesions },
      ...(maps && { maps }),
      reasons: ari === null ? { ari: 'budget' as const } : {},
      ...(joint === 'row' ? { joint: kept } : joint === 'chunk' ? { joint_in_chunk: true as const } : {}),
      ...(substituted && { substituted: 'missing' as const }),
    } as ItemRow
  })
const anyRow = fc.oneof(
  { weight: 5, arbitrary: scoredRow },
  {
    weight: 1,
    arbitrary: fc.constantFrom('failed' as const, 'skipped' as const).map((status) => rowOf(0, { status })),
  },
)

/** Everything that a tally can be asked for. */
const shown = (tally: Tally) => ({
  items: tally.items,
  pixels: tally.pixels,
  classes: [tally.classes, tally.otherLabels].map((sums) => [
    sums.tooMany,
    sums.ascending().map(([label, { iou, dice, ...counts }]) => [label, counts, iou.value, dice.value]),
  ]),
  panoptic: tally.panoptic
    .ascending()
    .map(([category, { ious, ...counts }]) => [category, counts, ious.value]),
  thresholds: [0.5, 0.75].map((iou) => tally.thresholds.of(iou)),
  joint: [tally.joint.lost, tally.joint.table()],
  scores: [...tally.scores.names].sort().map((name) => {
    const { defined, undefined: reasons, weighted, weights } = tally.scores.of(name)
    return [name, defined, [...reasons].sort(), weighted.value, weights.value]
  }),
  information: Object.values(tally.information).map((mean) => mean.over(tally.pixels.counted || 1)),
  maps: shownMaps(tally.maps),
  lesions: ['lesion_mean_dice_of_1', 'lesion_mean_hausdorff_95_of_1'].map((name) => tally.lesions.of(name)),
})

const shownMaps = (maps: Tally['maps']) => ({
  counts: [maps.pixels, maps.zeroAtTruth, maps.without, maps.coupling],
  means: [maps.entropies, maps.means].map((means) =>
    Object.values(means).map((mean) => mean.over(maps.pixels || 1)),
  ),
  classes: maps.ascending(),
  bins: [null, ...maps.bins.labels].map((label) => maps.bins.of(label, 15)),
  unpredicted: [maps.bins.unpredicted, maps.bins.hasTop],
  steps: maps.steps.labels.map((label) => maps.steps.curveOf(label)),
})

const tallyOf = (rows: readonly ItemRow[]) => {
  const tally = new Tally()
  for (const row of rows) tally.add(row)
  return tally
}

describe('a tally', () => {
  it('is the same to the bit whatever the split of the rows and the order of merges', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyRow, fc.nat(4)), { maxLength: 25 }),
        fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }),
        (placed, order) => {
          const parts = Array.from({ length: 5 }, (_, part) =>
            tallyOf(placed.filter(([, place]) => place === part).map(([row]) => row)),
          )
          // Merges any two that are left, until one is.
          for (const choice of order) {
            const [taken] = parts.splice(choice % parts.length, 1)
            parts[choice % parts.length].merge(taken)
          }
          expect(shown(parts[0])).toEqual(shown(tallyOf(placed.map(([row]) => row))))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('has an identity: merging an empty tally, or into one, changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
        const [left, right] = [tallyOf(rows), new Tally()]
        left.merge(new Tally())
        right.merge(tallyOf(rows))
        expect(shown(left)).toEqual(shown(tallyOf(rows)))
        expect(shown(right)).toEqual(shown(tallyOf(rows)))
      }),
    )
  })

  it('refuses a count that passes 2^53 - 1, by a row and by a merge', () => {
    const most = rowOf(0, { classes: [[1, Number.MAX_SAFE_INTEGER, 0, 0]] })
    const one = rowOf(1, { classes: [[1, 1, 0, 0]] })
    expect(() => tallyOf([most, one])).toThrow(Refusal)
    const [left, right] = [tallyOf([most]), tallyOf([one])]
    expect(() => left.merge(right)).toThrow('more than 2^53 - 1')
    const full = rowOf(0, { joint: [[1, 1, Number.MAX_SAFE_INTEGER]] })
    expect(() => tallyOf([full, rowOf(1, { joint: [[1, 1, 1]] })])).toThrow(Refusal)
  })

  it('gives up on classes past 65,536 labels, in whatever order they come', () => {
    const labels = (first: number, size: number) =>
      rowOf(0, { classes: Array.from({ length: size }, (_, k) => [first + k, 1, 0, 0] as const) })
    const all = tallyOf([labels(0, maxClasses)])
    expect(all.classes.tooMany).toBe(false)
    expect(all.classes.size).toBe(65_536)
    all.merge(tallyOf([labels(0, 10)]))
    expect(all.classes.tooMany).toBe(false)
    all.merge(tallyOf([labels(maxClasses, 1)]))
    expect(all.classes.tooMany).toBe(true)
    const other = tallyOf([labels(maxClasses, 1)])
    other.merge(tallyOf([labels(0, maxClasses)]))
    expect(shown(other).classes).toEqual(shown(all).classes)
    all.add(labels(0, 1))
    expect(all.classes.ascending()).toEqual([])
  })

  it('gives up on the joint table past 1,024 labels of either side', () => {
    const joint = Array.from({ length: maxJointLabels }, (_, k) => [k, k, 1] as const)
    const tally = tallyOf([rowOf(0, { joint })])
    expect(tally.joint.lost).toBeUndefined()
    tally.add(rowOf(1, { joint: [[0, 5000, 1]] }))
    expect(tally.joint.lost).toBe('too_many_classes')
    expect(tally.joint.table().total).toBe(0)
  })

  it('has the joint table of rows that gave theirs to their chunk', () => {
    const { joint: _, ...row } = rowOf(0)
    const tally = tallyOf([{ ...row, joint_in_chunk: true }])
    tally.addJoint([
      [1, 2, 5],
      [null, 2, 1],
    ])
    expect(tally.joint.lost).toBeUndefined()
    expect(tally.joint.table().total).toBe(6)
    expect(tallyOf([row]).joint.lost).toBe('joint_not_kept')
  })

  it('counts nothing of failed and skipped items but that they are', () => {
    const full = rowOfPairs(0, [[1, 1, 5]])
    const tally = tallyOf([
      { ...full, status: 'failed' },
      { ...full, status: 'skipped' },
    ])
    expect(shown(tally)).toEqual({
      ...shown(new Tally()),
      items: { scored: 0, failed: 1, skipped: 1, substituted: 0 },
    })
  })
})
