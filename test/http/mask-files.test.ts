import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePngSamples } from '../oracle/png-writer.ts'
import { type TiffTag, writeTiff } from '../oracle/tiff-writer.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const page = (labels: readonly number[], tags: TiffTag[] = [], bytes = Uint8Array.from(labels)) => ({
  width: 2,
  height: labels.length / 2,
  blocks: [bytes],
  tags,
})
const stackTiff = writeTiff([page([1, 2, 3, 4]), page([1, 2, 3, 9])])

/** Items 0, 1, 2, … in a shape. */
function npy(...shape: number[]): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`.padEnd(117)
  const items = Uint8Array.from({ length: shape.reduce((product, side) => product * side) }, (_, i) => i)
  return Buffer.concat([Buffer.from(`\x93NUMPY\x01\0\x76\0${header}\n`, 'latin1'), items])
}

function greyPng(rows: readonly (readonly number[])[]): Uint8Array {
  const size = { width: rows[0].length, height: rows.length }
  return writePngSamples({ ...size, bitDepth: 8, colourType: 0, samples: Uint16Array.from(rows.flat()) })
}

const inspect = (mask: Uint8Array, options: object = {}) =>
  post(service, '/v1/inspect', form({ mask, options }))
const score = (ground_truth: Uint8Array, prediction: Uint8Array, options: object = {}) =>
  post(service, '/v1/score', form({ ground_truth, prediction, options }))

describe('stacks', () => {
  it.each([
    [
      'TIFF',
      stackTiff,
      {
        width: 2,
        height: 2,
        depth: 2,
        histogram: [
          [1, 2],
          [2, 2],
          [3, 2],
          [4, 1],
          [9, 1],
        ],
      },
    ],
    ['.npy', npy(2, 1, 3), { width: 3, height: 1, depth: 2, labels: 6 }],
  ])('%s: one volume on request, else refused', async (_, file, seen) => {
    const { status, json } = await inspect(file)
    expect([status, json.code]).toEqual([422, 'MULTI_PAGE'])
    expect(json.detail).toContain('`stack`')
    expect((await inspect(file, { stack: 'volume' })).json).toMatchObject(seen)
  })

  it('are scored as one volume', async () => {
    const other = writeTiff([page([1, 2, 3, 4]), page([1, 2, 3, 4])])
    const { json } = await score(stackTiff, other, { stack: 'volume', include: ['contingency'] })
    expect(json).toMatchObject({ width: 2, height: 2, depth: 2, pixels: { total: 8 } })
    expect(json.contingency).toEqual([
      [1, 1, 2],
      [2, 2, 2],
      [3, 3, 2],
      [4, 4, 1],
      [9, 4, 1],
    ])
    expect((await score(stackTiff, other)).json.code).toBe('MULTI_PAGE')
  })

  it.each([
    ['another size', page([1, 2, 3, 4, 5, 6])],
    ['another type', page([1, 2, 3, 4], [{ tag: 258, values: [16] }], new Uint8Array(8))],
    ['another sign', page([1, 2, 3, 4], [{ tag: 339, values: [2] }])],
  ])('need pages that are alike: %s', async (_, second) => {
    const { status, json } = await inspect(writeTiff([page([1, 2, 3, 4]), second]), { stack: 'volume' })
    expect([status, json.code]).toEqual([422, 'MULTI_PAGE'])
    expect(json.detail).toMatch(/must be alike: page 1 is 2 x 2.*page 2 is/)
  })

  it('of other depths are of other sizes, and no resizing mends that', async () => {
    const one = npy(1, 2, 2)
    const { json } = await score(stackTiff, one, { stack: 'volume', resize: 'nearest' })
    expect(json.code).toBe('SIZE_MISMATCH')
    expect(json.remedy).not.toContain('`resize`')
  })
})

describe('a volume of one slice', () => {
  const rows = [
    [0, 1, 1, 0],
    [0, 1, 0, 1],
  ]
  const file = page(rows.flat())
  const inTiff = writeTiff([{ ...file, width: 4, height: 2 }])
  const labels = (data: unknown) => ({ format: 'labels', data })

  it.each([
    ['a TIFF of one page', inTiff],
    ['a PNG', greyPng(rows)],
  ])('is a volume where `stack` asks for one: %s', async (_, bytes) => {
    expect((await inspect(bytes, { stack: 'volume' })).json).toMatchObject({ width: 4, height: 2, depth: 1 })
    expect((await inspect(bytes)).json).not.toHaveProperty('depth')
    const { json } = await score(bytes, bytes, { stack: 'volume' })
    expect(json).toMatchObject({ width: 4, height: 2, depth: 1, mi_loss: 0 })
    expect((await score(bytes, bytes)).json).not.toHaveProperty('depth')
  })

  it('has spacing of three numbers, distances in three dimensions, and the neighbours of a voxel', async () => {
    const options = { stack: 'volume', families: ['boundary'], boundary: { spacing: [5, 1, 1] } }
    const { json } = await score(inTiff, greyPng(rows), options)
    // The diagonal: 2 rows, 4 columns, and one slice of 5.
    expect(json).toHaveProperty('boundary.per_label.0.worst_case', Math.hypot(5, 2, 4))
    const flat = await score(inTiff, inTiff, { ...options, boundary: { spacing: [1, 1] } })
    expect(flat.json).toMatchObject({ code: 'INVALID_OPTIONS' })
    // Over faces the slice falls into parts of 2, 3, 1, 1 and 1 voxels, over edges into parts of 2, 2 and 4: a
    // prediction of one label leaves their entropy as the conditional one.
    const parts = { 6: [2, 3, 1, 1, 1], 26: [2, 2, 4] }
    const constant = greyPng(rows.map((row) => row.map(() => 0)))
    for (const [connectivity, sizes] of Object.entries(parts)) {
      const cut = { stack: 'volume', components: 'ground_truth', connectivity: Number(connectivity) }
      const { json } = await score(inTiff, constant, { ...cut, include: ['segments'] })
      const entropy = sizes.reduce((sum, n) => sum - (n / 8) * Math.log2(n / 8), 0)
      expect(at(json, '/information/vi')).toBeCloseTo(entropy, 12)
      expect(at(json, '/segments/0/bbox')).toHaveLength(6)
    }
    const four = await score(inTiff, inTiff, { stack: 'volume', components: 'both', connectivity: 8 })
    expect(four.json).toMatchObject({ code: 'INVALID_OPTIONS' })
  })

  it('is one in JSON by its three levels, and so is the mask on the other side', async () => {
    const volume = labels([rows])
    expect((await post(service, '/v1/inspect', { mask: volume })).json).toMatchObject({ depth: 1, labels: 2 })
    for (const pair of [
      { ground_truth: volume, prediction: volume },
      { ground_truth: labels(rows), prediction: volume },
      { ground_truth: volume, prediction: labels(rows) },
    ])
      expect((await post(service, '/v1/score', pair)).json).toMatchObject({ depth: 1, mi_loss: 0 })
    const two = { ground_truth: labels([rows, rows]), prediction: volume }
    const { json } = await post(service, '/v1/score', two)
    expect(json).toMatchObject({ code: 'SIZE_MISMATCH', detail: expect.stringContaining('4×2×1') })
    const masks = [volume, volume].map((mask, i) => ({ mask, annotator: `${i}` }))
    expect((await post(service, '/v1/agreement', { masks })).json).toMatchObject({ depth: 1 })
  })
})

describe('a prediction of another size', () => {
  const truth = greyPng([[1, 2, 3]])
  const prediction = greyPng([
    [1, 1, 2, 3, 4],
    [9, 9, 9, 9, 9],
  ])

  it('is refused', async () => {
    const { status, json } = await score(truth, prediction)
    expect([status, json.code]).toEqual([422, 'SIZE_MISMATCH'])
    expect(json.remedy).toContain('`resize`')
  })

  it('takes the pixel under each centre on request, and a warning says so', async () => {
    const { json } = await score(truth, prediction, { resize: 'nearest', include: ['contingency'] })
    // Columns 0.83, 2.5 and 4.17 of five; the centre of one row lies on the border of two, and the lower one counts.
    expect(json.contingency).toEqual([
      [1, 9, 1],
      [2, 9, 1],
      [3, 9, 1],
    ])
    const one = greyPng([[1, 1, 2, 3, 4]])
    const flat = await score(truth, one, { resize: 'nearest', include: ['contingency'] })
    expect(flat.json.contingency).toEqual([
      [1, 1, 1],
      [2, 2, 1],
      [3, 4, 1],
    ])
    expect(flat.json.warnings).toContainEqual(
      expect.objectContaining({ code: 'RESIZED', message: expect.stringContaining('from 5×1 to 3×1') }),
    )
    expect(flat.json.width).toBe(3)
  })

  it('leaves masks of one size alone', async () => {
    const { json } = await score(truth, truth, { resize: 'nearest' })
    expect(json.warnings).not.toContainEqual(expect.objectContaining({ code: 'RESIZED' }))
  })
})

it.each([
  [{ palete: 'index' }, '/options/palete', 'did you mean "palette"?'],
  [{ greyBits: 'sample' }, '/options/greyBits', 'did you mean "grey_bits"?'],
  [{ preset: 'cityscape' }, '/options/preset', 'cityscapes'],
  [{ color: 'rgb42' }, '/options/color', ''],
  [{ negative: 'maybe' }, '/options/negative', 'keep'],
  [{ stack: 'pages' }, '/options/stack', 'volume'],
])('options %j are refused by name', async (options, pointer, said) => {
  const { status, json } = await inspect(greyPng([[1]]), options)
  expect([status, json.code]).toEqual([400, 'INVALID_OPTIONS'])
  expect(json.errors).toEqual([expect.objectContaining({ pointer, message: expect.stringContaining(said) })])
})

it('JSON labels and base64 files are inspected like files', async () => {
  const bytes = greyPng([[0, 255]])
  const sent = await inspect(bytes)
  const mask = { format: 'image', data: Buffer.from(bytes).toString('base64') }
  expect((await post(service, '/v1/inspect', { mask })).json).toEqual(sent.json)
  expect(sent.json.hints).toEqual([expect.stringContaining('`binary`')])
  expect((await inspect(bytes, { binary: true })).json).toMatchObject({ min: 0, max: 1, hints: [] })
})
