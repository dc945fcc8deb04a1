import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { catalogue } from '../../src/metrics/catalogue.ts'
import type { Report } from '../../src/scoring/report/report.ts'
import { openRequest } from '../../src/scoring/request/request.ts'
import { score } from '../../src/scoring/score.ts'

const everything = {
  families: ['all'],
  include: ['ami', 'miller_madow', 'segments', 'contingency'],
} as const

async function reportOf(ground_truth: number[][], prediction: number[][], options: object): Promise<Report> {
  const mask = (data: number[][]) => ({ format: 'labels', data })
  const body = { ground_truth: mask(ground_truth), prediction: mask(prediction), options }
  const bytes = Buffer.from(JSON.stringify(body))
  const request = openRequest({ type: 'json', bytes }, ['ground_truth', 'prediction'], 20)
  return (await score(request, { limits: defaultLimits, pngDecoder: 'auto' })).report
}

/** Constant, empty, singletons, two-valued, or nothing but the label that some options ignore. */
const side = (width: number, height: number): fc.Arbitrary<number[][]> => {
  const size = width * height
  const filled = (label: number) => fc.constant(Array<number>(size).fill(label))
  const flat = fc.oneof(
    filled(0),
    filled(1),
    filled(255),
    fc.constant(Array.from({ length: size }, (_, k) => k)),
    fc.constant(Array.from({ length: size }, (_, k) => k + 7)),
    fc.array(fc.constantFrom(0, 1), { minLength: size, maxLength: size }),
    fc.array(fc.constantFrom(0, 1, 2, 255), { minLength: size, maxLength: size }),
  )
  return flat.map((labels) =>
    Array.from({ length: height }, (_, y) => labels.slice(y * width, (y + 1) * width)),
  )
}
const pairs = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([width, height]) => fc.tuple(side(width, height), side(width, height)))

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 })
const options = fc.record({
  ignore_labels: optional(fc.constant([255])),
  ignore_prediction_labels: optional(fc.constant([0])),
  binary: fc.boolean(),
  background: fc.constantFrom(0, 1, 255, null),
  classes: optional(fc.constantFrom(['a', 'b'], { 2: 'c', 9: 'absent' })),
  border_tolerance: optional(fc.constantFrom(0, 1, 1.5)),
  min_segment_area: fc.constantFrom(0, 2, 100),
  components: fc.constantFrom('none', 'ground_truth', 'prediction', 'both'),
  connectivity: fc.constantFrom(4, 8),
  boundary: fc.record({
    surface: fc.constantFrom('pixel', 'surfel'),
    labels: optional(fc.constantFrom([0, 1], [77])),
  }),
})

/** JSON pointers of all nulls, and of all numbers that are not finite. */
function holes(value: unknown, pointer = ''): { nulls: string[]; notFinite: string[] } {
  if (value === null) return { nulls: [pointer], notFinite: [] }
  if (typeof value === 'number')
    return { nulls: [], notFinite: Number.isFinite(value) ? [] : [`${pointer} ${value}`] }
  if (typeof value !== 'object') return { nulls: [], notFinite: [] }
  const below = Object.entries(value).map(([key, item]) => holes(item, `${pointer}/${key}`))
  return {
    nulls: below.flatMap(({ nulls }) => nulls),
    notFinite: below.flatMap(({ notFinite }) => notFinite),
  }
}

/** What the catalogue says of each number. */
const ranges = new Map(catalogue.map(({ pointer, range }) => [pointer, range]))

function outOfRange(value: unknown, pointer = ''): string[] {
  if (typeof value === 'number') {
    const [low, high] = ranges.get(pointer) ?? [null, null]
    const slack = 1e-9
    return (low !== null && value < low - slack) || (high !== null && value > high + slack)
      ? [`${pointer} ${value}`]
      : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    outOfRange(item, `${pointer}/${Array.isArray(value) ? '*' : key}`),
  )
}

it('gives finite numbers in their ranges, and a reason for each null, for 3,000 degenerate pairs and every family', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(pairs, options, async ([groundTruth, prediction], own) => {
      const report = await reportOf(groundTruth, prediction, { ...everything, ...own })
      const { reasons, options: _, ...rest } = report
      const { nulls, notFinite } = holes(rest)
      expect(notFinite).toEqual([])
      const unexplained = nulls.filter((pointer) => pointer !== '/instances/background')
      expect(unexplained.sort()).toEqual(Object.keys(reasons).sort())
      expect(outOfRange(rest)).toEqual([])
      for (const reason of Object.values(reasons)) seen.add(reason)
    }),
    { numRuns: 3000 },
  )
  // All that small masks can lack, which no confidences come with; the others are for masks too large to score.
  expect([...seen].sort()).toEqual([
    'absent_both',
    'empty_ground_truth',
    'empty_prediction',
    'no_pixels',
    'no_probabilities',
    'no_volume',
    'not_coco',
    'zero_denominator',
  ])
})

it('gives equal masks exactly the perfect score in every family', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, fc.constantFrom('pixel', 'surfel'), async ([mask], surface) => {
      const report = await reportOf(mask, mask, { ...everything, boundary: { surface } })
      const { mi_loss, information, pairs: ofPairs, regions, instances, boundary, overlap } = report
      const perfect = (values: unknown[], value: number) =>
        expect(values.filter((score) => score !== null && score !== value)).toEqual([])
      perfect([mi_loss, information!.vi, information!.nid, regions!.gce, regions!.lce], 0)
      perfect([...Object.values(information!.nmi), ...Object.values(information!.ami!)], 1)
      perfect([ofPairs!.ari, ofPairs!.fmi, overlap!.mean_iou, overlap!.mean_dice, overlap!.kappa], 1)
      perfect([regions!.covering_ground_truth, regions!.one_to_one_accuracy, regions!.purity], 1)
      perfect([instances!.panoptic.pq, instances!.aji, instances!.aji_plus, instances!.sbd], 1)
      perfect([instances!.mean_ap_dsb], 1)
      for (const row of boundary!.per_label) {
        perfect([row.hausdorff, row.hausdorff_95, row.assd], 0)
        perfect([row.boundary_iou, ...row.nsd.map(({ value }) => value)], 1)
        perfect(
          row.boundary_f1.map(({ f1 }) => f1),
          1,
        )
      }
      expect(report.segments).toEqual([])
    }),
    { numRuns: 500 },
  )
})
