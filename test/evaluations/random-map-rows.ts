import fc from 'fast-check'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import type { BinRow, MapRow, SoftClassRow, StepRow } from '../../src/evaluations/rows/map-row.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })

/** Masses of one class that maps could have: squares and common parts are no larger than the masses. */
const softClass = fc
  .tuple(fc.nat(3), fc.double({ min: 0.001, max: 500, noNaN: true }), share, share, share, share, share)
  .map(([label, p, q, product, squaresP, squaresQ, minimum]): SoftClassRow => {
    const least = Math.min(p, p * q)
    return [label, p, p * q, least * product, p * squaresP, p * q * squaresQ, least * minimum]
  })

const bin = fc
  .tuple(
    fc.option(fc.nat(2)),
    fc.integer({ min: -1, max: 14 }),
    fc.integer({ min: 1, max: 400 }),
    share,
    share,
  )
  .map(
    ([label, at, pixels, confidence, hits]): BinRow =>
      at === -1
        ? [null, at, pixels, pixels, 0]
        : [label, at, pixels, pixels * confidence, Math.floor(pixels * hits)],
  )

const step = fc
  .tuple(fc.nat(2), fc.integer({ min: -1, max: 255 }), fc.nat(300), fc.nat(300))
  .map(([label, at, positives, negatives]): StepRow => [label, at, positives, at === -1 ? 0 : negatives])

const unique = <T extends BinRow | SoftClassRow | StepRow>(
  row: fc.Arbitrary<T>,
  maxLength: number,
  keys: number,
) => fc.uniqueArray(row, { maxLength, minLength: 1, selector: (given) => given.slice(0, keys).join(' ') })

/** What a row keeps of probability maps. */
export const mapRow = fc
  .record({
    coupling: fc.constantFrom('unique' as const, 'unique' as const, 'product' as const),
    entropies: fc.option(fc.tuple(share, share, share), { freq: 9, nil: undefined }),
    zeros: fc.nat(9),
    classes: unique(softClass, 4, 1),
    bins: unique(bin, 6, 2),
    steps: fc.option(unique(step, 6, 2), { nil: undefined }),
  })
  .map(
    ({ coupling, entropies, zeros, classes, bins, steps }): MapRow => ({
      soft: { coupling, ...(entropies && { entropies }), zero_at_truth: zeros, classes },
      bins,
      ...(steps && { steps: [[null, -1, 0, 900], ...steps] }),
    }),
  )

const scoresOfMaps = fc.record({
  log_loss: fc.double({ min: 0, max: 34, noNaN: true }),
  brier: fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { freq: 9 }),
  js: share,
})

/** Rows of a dataset of maps; one in ten forgets to tell of its map. */
export const withMaps = (rows: readonly ItemRow[]): fc.Arbitrary<ItemRow[]> =>
  fc
    .tuple(...rows.map(() => fc.record({ maps: mapRow, scores: scoresOfMaps, forgets: fc.nat(20) })))
    .map((given) =>
      rows.map((row, k) => {
        const { maps, scores, forgets } = given[k]
        if (forgets === 0 || row.pixels.counted === 0) return row
        const reasons = scores.brier === null ? { brier: 'independent' as const } : {}
        return { ...row, maps, scores: { ...row.scores, ...scores }, reasons: { ...row.reasons, ...reasons } }
      }),
    )
