import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

type Rows = readonly (readonly number[])[]
const image = (data: Rows) => ({ format: 'labels', data })

async function score(truth: Rows, prediction: Rows, options: object) {
  const body = { ground_truth: image(truth), prediction: image(prediction), options }
  const { status, json } = await post(service, '/v1/score', body)
  expect(status, JSON.stringify(json)).toBe(200)
  return json
}

/** A volume as numpy saves it: little-endian uint8, depth first. */
function npy(slices: readonly Rows[]): Uint8Array {
  const shape = `(${slices.length}, ${slices[0].length}, ${slices[0][0].length})`
  const fields = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`
  const header = `${fields.padEnd(117)}\n`
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    118,
    0,
    ...Buffer.from(header),
    ...slices.flat(2),
  ])
}

async function scoreVolumes(truth: readonly Rows[], prediction: readonly Rows[], options: object) {
  const parts = {
    ground_truth: npy(truth),
    prediction: npy(prediction),
    options: { stack: 'volume', ...options },
  }
  return post(service, '/v1/score', form(parts))
}

interface SegmentRow {
  readonly side: string
  readonly label: number
  readonly area: number
  readonly bbox: readonly number[]
  readonly contribution: number
  readonly share_of_vi: number
  readonly largest_overlaps: readonly { label: number; area: number }[]
}
const segmentsOf = (report: Record<string, unknown>) => report.segments as SegmentRow[]
const sum = (rows: readonly SegmentRow[], key: 'contribution' | 'share_of_vi', side?: string) =>
  rows.filter((row) => side === undefined || row.side === side).reduce((total, row) => total + row[key], 0)

describe('segments that cause the loss', () => {
  // Segment 2 is cut in halves (4 + 4 px), segments 3 and 4 are joined (4 + 4 px): a bit over half the pixels, twice.
  const truth = [
    [2, 2, 2, 2],
    [2, 2, 2, 2],
    [3, 3, 4, 4],
    [3, 3, 4, 4],
  ]
  const prediction = [
    [5, 5, 6, 6],
    [5, 5, 6, 6],
    [7, 7, 7, 7],
    [7, 7, 7, 7],
  ]

  it('are listed with their area, box and largest overlaps', async () => {
    const report = await score(truth, prediction, { include: ['segments'] })
    expect(segmentsOf(report)).toEqual([
      {
        side: 'ground_truth',
        label: 2,
        area: 8,
        bbox: [0, 0, 4, 2],
        contribution: 0.5,
        share_of_vi: 0.5,
        largest_overlaps: [
          { label: 5, area: 4 },
          { label: 6, area: 4 },
        ],
      },
      {
        side: 'prediction',
        label: 7,
        area: 8,
        bbox: [0, 2, 4, 2],
        contribution: 0.5,
        share_of_vi: 0.5,
        largest_overlaps: [
          { label: 3, area: 4 },
          { label: 4, area: 4 },
        ],
      },
    ])
  })

  it('add up to the variation of information, splits and merges apart', async () => {
    const noise = (seed: number) =>
      Array.from({ length: 20 }, (_, y) =>
        Array.from({ length: 30 }, (_, x) => (x * x + seed * y * x + y) % 7),
      )
    const report = await score(noise(3), noise(5), { include: ['segments'], segments: { top: 1000 } })
    const rows = segmentsOf(report)
    expect(sum(rows, 'contribution', 'ground_truth')).toBeCloseTo(
      at(report, '/information/vi_split') as number,
      12,
    )
    expect(sum(rows, 'contribution', 'prediction')).toBeCloseTo(
      at(report, '/information/vi_merge') as number,
      12,
    )
    expect(sum(rows, 'share_of_vi')).toBeCloseTo(1, 12)
  })

  it('are components where labels are split into them, each with its own box', async () => {
    // Both ends of the row have label 1; as components the right one alone is cut.
    const report = await score([[1, 1, 0, 1, 1]], [[1, 1, 0, 1, 2]], {
      include: ['segments'],
      components: 'both',
    })
    expect(segmentsOf(report)[0]).toMatchObject({
      side: 'ground_truth',
      label: 1,
      area: 2,
      bbox: [3, 0, 2, 1],
    })
  })

  it('have boxes with depth in a volume', async () => {
    const truth = [[[1, 1]], [[1, 1]]]
    const { json } = await scoreVolumes(truth, [[[1, 1]], [[2, 2]]], { include: ['segments'] })
    expect(segmentsOf(json)).toEqual([
      {
        side: 'ground_truth',
        label: 1,
        area: 4,
        bbox: [0, 0, 0, 2, 1, 2],
        contribution: 1,
        share_of_vi: 1,
        largest_overlaps: [
          { label: 1, area: 2 },
          { label: 2, area: 2 },
        ],
      },
    ])
  })
})

describe('the order of operations', () => {
  it('finds borders on the whole ground truth, before labels are dropped', async () => {
    // Label 9 is ignored, but its border with 1 still is one.
    const options = { ignore_labels: [9], border_tolerance: 0 }
    expect((await score([[9, 1, 1, 1]], [[9, 1, 1, 1]], options)).pixels).toEqual({
      total: 4,
      counted: 2,
      ignored: 2,
    })
  })

  it('makes the masks binary before it looks for borders', async () => {
    const truth = [[0, 1, 2, 3, 3]]
    const counted = async (options: object) => at(await score(truth, truth, options), '/pixels/counted')
    expect(await counted({ border_tolerance: 0, binary: true })).toBe(3)
    expect(await counted({ border_tolerance: 0 })).toBe(1)
  })

  it('measures segments by the pixels that are left of them', async () => {
    // Segment 2 has three pixels, two of which the prediction's ignored label takes away.
    const [truth, prediction] = [[[1, 1, 1, 2, 2, 2]], [[1, 1, 1, 8, 8, 2]]]
    const counted = async (options: object) =>
      at(await score(truth, prediction, { min_segment_area: 2, ...options }), '/pixels/counted')
    expect(await counted({})).toBe(6)
    expect(await counted({ ignore_prediction_labels: [8] })).toBe(3)
  })

  it('splits labels into components after pixels are dropped', async () => {
    // The ignored pixel in the middle cuts segment 1 in two.
    const report = await score([[1, 1, 9, 1, 1]], [[1, 1, 1, 2, 2]], {
      ignore_labels: [9],
      components: 'both',
      families: ['instances', 'overlap'],
      include: ['contingency'],
    })
    expect(report.mi_loss).toBe(0)
    expect(at(report, '/instances/ground_truth_count')).toBe(2)
    // Overlap keeps the classes.
    expect(at(report, '/overlap/per_class/0')).toMatchObject({ label: 1, tp: 2, fn: 2 })
  })
})

describe('border tolerance', () => {
  it.each([0, 1, 1.5, 2, 2.9, 3])('%d drops exactly the pixels within it', async (tolerance) => {
    const truth = Array.from({ length: 12 }, (_, y) =>
      Array.from({ length: 14 }, (_, x) => (Math.hypot(x - 8, y - 5) < 4 ? 1 : 0)),
    )
    const isBorder = (x: number, y: number) =>
      [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ].some(([dx, dy]) => (truth[y + dy]?.[x + dx] ?? truth[y][x]) !== truth[y][x])
    const borders = truth.flatMap((row, y) => row.flatMap((_, x) => (isBorder(x, y) ? [[x, y]] : [])))
    const kept = truth.flatMap((row, y) =>
      row.filter((_, x) => borders.every(([bx, by]) => (bx - x) ** 2 + (by - y) ** 2 > tolerance ** 2)),
    )
    const report = await score(truth, truth, { border_tolerance: tolerance })
    expect(at(report, '/pixels/counted')).toBe(kept.length)
  })
})

describe('connected components', () => {
  it('are counted as segments of the side that is split, of the pixels that are counted', async () => {
    const truth = [[1, 0, 1, 0, 9]]
    const prediction = [[1, 0, 0, 0, 2]]
    const segments = async (options: object) => {
      const { ground_truth, prediction: predicted } = await score(truth, prediction, options)
      return [ground_truth, predicted].map((side) => (side as { segments: number }).segments)
    }
    expect(await segments({})).toEqual([3, 3])
    expect(await segments({ components: 'ground_truth' })).toEqual([5, 3])
    expect(await segments({ components: 'both' })).toEqual([5, 3])
    expect(await segments({ ignore_labels: [9] })).toEqual([2, 2])
  })

  const diagonal = [
    [1, 0],
    [0, 1],
  ]
  it.each([
    [4, 2],
    [8, 1],
  ])('touch over %d neighbours in an image', async (connectivity, objects) => {
    const report = await score(diagonal, diagonal, {
      components: 'both',
      connectivity,
      families: ['instances'],
    })
    expect(at(report, '/instances/ground_truth_count')).toBe(objects)
  })

  const stairs = [
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 1],
    ],
  ]
  it.each([
    [6, 2],
    [26, 1],
  ])('touch over %d neighbours in a volume', async (connectivity, objects) => {
    const { json } = await scoreVolumes(stairs, stairs, {
      components: 'both',
      connectivity,
      families: ['instances'],
    })
    expect(at(json, '/instances/ground_truth_count')).toBe(objects)
  })

  it('are refused when there are more than the limit of labels', async () => {
    const few = await startService({ MASKSCORE_MAX_LABELS: '2' })
    const ask = (connectivity: number) =>
      post(few, '/v1/score', {
        ground_truth: image(diagonal),
        prediction: image(diagonal),
        options: { components: 'prediction', connectivity },
      })
    expect((await ask(8)).status).toBe(200)
    const { status, json } = await ask(4)
    await few.close()
    expect(status).toBe(413)
    expect(json).toMatchObject({ code: 'TOO_MANY_LABELS', errors: [{ pointer: '/prediction' }] })
  })

  it('are refused in an image with the neighbours of a volume, naming those of an image', async () => {
    const { status, json } = await post(service, '/v1/score', {
      ground_truth: image(diagonal),
      prediction: image(diagonal),
      options: { components: 'both', connectivity: 26 },
    })
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 'INVALID_OPTIONS', errors: [{ pointer: '/options/connectivity' }] })
    expect(json.detail).toContain('4 or 8')
  })
})

describe('volumes', () => {
  const slice = (label: number) =>
    Array.from({ length: 6 }, (_, y) => Array.from({ length: 6 }, () => (y < 3 ? 0 : label)))
  const truth = [slice(1), slice(1), slice(2)]
  const prediction = [slice(1), slice(2), slice(2)]

  it('have every family that a table answers, the same as their slices laid side by side', async () => {
    const families = ['information', 'pairs', 'overlap', 'regions', 'instances']
    const { json } = await scoreVolumes(truth, prediction, { families, include: ['ami', 'miller_madow'] })
    const flat = await score(truth.flat(), prediction.flat(), { families, include: ['ami', 'miller_madow'] })
    expect(json).toMatchObject({ width: 6, height: 6, depth: 3 })
    for (const family of [...families, 'mi_loss', 'pixels'])
      expect(json[family], family).toEqual(flat[family])
  })

  it('have borders in each section, and between slices when asked to', async () => {
    const { json } = await scoreVolumes(truth, truth, { border_tolerance: 0 })
    // Rows 2 and 3 are a border in each slice.
    const inSections = at(json, '/pixels/counted')
    const across = await scoreVolumes(truth, truth, { border_tolerance: 0, border_tolerance_axes: 'volume' })
    // Below them slices 1 and 2 differ.
    expect([inSections, at(across.json, '/pixels/counted')]).toEqual([72, 3 * 2 * 6 + 2 * 6])
  })

  it('have neighbours over edges with 18, which 6 has not and 26 has as well', async () => {
    // Two voxels that touch by an edge, and a third that touches the second by a corner alone.
    const volume = [
      [
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    ]
    const segments = async (connectivity: number) => {
      const { json } = await scoreVolumes(volume, volume, {
        families: ['instances'],
        components: 'both',
        connectivity,
      })
      return at(json, '/instances/ground_truth_count')
    }
    expect([await segments(6), await segments(18), await segments(26)]).toEqual([3, 2, 1])
  })

  it('have surfaces in space, with the spacing of all three axes', async () => {
    const voxel = (z: number) => Array.from({ length: 5 }, (_, k) => [[0, k === z ? 1 : 0, 0]])
    const boundary = { spacing: [3, 1, 1], labels: [1] }
    const { json } = await scoreVolumes(voxel(1), voxel(3), { families: ['boundary'], boundary })
    expect(at(json, '/boundary/per_label/0')).toMatchObject({ hausdorff: 6, hausdorff_95: 6, assd: 6 })
  })

  it('have surfels, too, weighted by their area', async () => {
    const voxel = (z: number) => Array.from({ length: 5 }, (_, k) => [[0, k === z ? 1 : 0, 0]])
    const boundary = { spacing: [3, 1, 1], labels: [1], surface: 'surfel' }
    const { json } = await scoreVolumes(voxel(1), voxel(3), { families: ['boundary'], boundary })
    // Of the eight surfels of a voxel the nearer four are 3 away from the other voxel's, the others 6.
    expect(at(json, '/boundary/per_label/0')).toMatchObject({ hausdorff: 6, assd: 4.5 })
  })
})

describe('boundaries', () => {
  it('are found without the pixels that are not counted', async () => {
    // The only difference is under the ignored label.
    const truth = [[1, 1, 1, 255, 0, 0]]
    const prediction = [[1, 1, 1, 1, 0, 0]]
    const options = { families: ['boundary'], boundary: { labels: [1] } }
    const hausdorff = async (more: object) =>
      at(await score(truth, prediction, { ...options, ...more }), '/boundary/per_label/0/hausdorff')
    expect(await hausdorff({})).toBe(1)
    expect(await hausdorff({ ignore_labels: [255] })).toBe(0)
  })
})
