import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { defaultLimits, type Limits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { zipOf } from '../../annotations/zip-writer.ts'
import { writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'
import { textTag, writeTiff } from '../../oracle/tiff-writer.ts'

const sides = [4, 3, 5]
const count = 60
/** A body that no turn maps onto itself. */
const truth = Uint8Array.from({ length: count }, (_, i) => ((i * i + 3 * i) % 7) % 3)
const predicted = Uint8Array.from(truth, (label, i) => (i % 9 === 4 ? 2 - label : label))
const spacing = [0.5, 0.7, 2]
const sform = [-0.5, 0, 0, 10, 0, 0.7, 0, -20, 0, 0, 2, 5]

const score = async (
  groundTruth: Uint8Array,
  prediction: Uint8Array,
  options: object = {},
  limits: Partial<Limits> = {},
) => {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  const context = { limits: { ...defaultLimits, ...limits }, pngDecoder: 'auto' } as const
  const masks = { groundTruth: file(groundTruth), prediction: file(prediction) }
  return (await scorePair(masks, parseScoreOptions(options), context)).report
}

const refusal = async (...args: Parameters<typeof score>): Promise<Refusal> => {
  const end = await score(...args).catch((error: unknown) => error)
  if (end instanceof Refusal) return end
  throw end instanceof Error ? end : new Error('the pair was scored, not refused')
}

const file = (data: Uint8Array, more: Partial<Parameters<typeof writeNifti>[0]> = {}) =>
  writeNifti({ sides, data, sform, ...more })

/** The same voxels with their axes in another order: `axes[k]` is the axis that becomes number k. */
function turned(data: Uint8Array, axes: readonly number[], flipped: readonly boolean[]): Buffer {
  const newSides = axes.map((axis) => sides[axis])
  const turnedData = new Uint8Array(count)
  const at = [0, 0, 0]
  for (at[2] = 0; at[2] < newSides[2]; at[2]++)
    for (at[1] = 0; at[1] < newSides[1]; at[1]++)
      for (at[0] = 0; at[0] < newSides[0]; at[0]++) {
        const old = [0, 0, 0]
        axes.forEach((axis, k) => {
          old[axis] = flipped[k] ? newSides[k] - 1 - at[k] : at[k]
        })
        turnedData[(at[2] * newSides[1] + at[1]) * newSides[0] + at[0]] =
          data[(old[2] * sides[1] + old[1]) * sides[0] + old[0]]
      }
  const rows = [0, 1, 2].flatMap((world) => {
    const row = sform.slice(4 * world, 4 * world + 4)
    const steps = axes.map((axis, k) => (flipped[k] ? -row[axis] : row[axis]))
    const offset = axes.reduce(
      (sum, axis, k) => sum + (flipped[k] ? row[axis] * (newSides[k] - 1) : 0),
      row[3],
    )
    return [...steps, offset]
  })
  return writeNifti({ sides: newSides, data: turnedData, sform: rows })
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]
const flips = Array.from({ length: 8 }, (_, bits) => [0, 1, 2].map((k) => ((bits >> k) & 1) === 1))

describe('a pair of volumes', () => {
  it('has the scores of the same voxels as JSON labels, and says where they lie', async () => {
    const options = { families: ['all'] }
    const report = await score(file(truth), gzipSync(file(predicted)), options)
    expect(report.geometry).toEqual({
      source: 'sform',
      unit: 'mm',
      spacing: [2, expect.closeTo(0.7, 6), 0.5],
      orientation: 'LAS',
    })
    const nested = (labels: Uint8Array) =>
      Array.from({ length: 5 }, (_, z) =>
        Array.from({ length: 3 }, (__, y) => [...labels.subarray((z * 3 + y) * 4, (z * 3 + y + 1) * 4)]),
      )
    const plain = await scorePair(
      {
        groundTruth: { kind: 'labels', data: nested(truth) },
        prediction: { kind: 'labels', data: nested(predicted) },
      },
      parseScoreOptions({ ...options, boundary: { spacing: [2, Math.fround(0.7), 0.5] } }),
      { limits: defaultLimits, pngDecoder: 'auto' },
    )
    const scores = ({ mi_loss, depth, boundary, overlap, instances }: typeof report) => ({
      mi_loss,
      depth,
      boundary,
      overlap,
      instances,
    })
    expect(scores(report)).toEqual(scores(plain.report))
    expect(report.options.boundary).toMatchObject({ unit: 'mm' })
  })

  it('gives the same report counted in pieces and read whole', async () => {
    const counted = await score(file(truth), file(predicted))
    const whole = await score(file(truth), file(predicted), { connectivity: 26 })
    const { options: _a, ...a } = counted
    const { options: _b, ...b } = whole
    expect(a).toEqual(b)
  })

  it('is measured in voxels where the caller asks for them', async () => {
    const report = await score(file(truth), file(predicted), {
      families: ['boundary'],
      boundary: { unit: 'voxel' },
    })
    expect([report.boundary?.spacing, report.options.boundary]).toMatchObject([[1, 1, 1], { unit: 'voxel' }])
  })
})

describe('a prediction with its axes in another order', () => {
  it('is refused in all 47 orders, each naming both orientations and the way out', async () => {
    for (const axes of orders)
      for (const flipped of flips) {
        if (!flipped.includes(true) && axes.every((axis, k) => axis === k)) continue
        const { code, message, remedy } = await refusal(file(truth), turned(predicted, axes, flipped))
        expect([code, message]).toEqual([
          'GEOMETRY_MISMATCH',
          expect.stringContaining('the ground truth LAS'),
        ])
        expect(remedy).toContain('`geometry` to "reorient"')
      }
  })

  it('has the very same scores after "reorient"', async () => {
    const options = { families: ['all'], geometry: 'reorient' }
    const { options: _, warnings, ...expected } = await score(file(truth), file(predicted), options)
    for (const axes of orders)
      for (const flipped of flips) {
        const report = await score(file(truth), turned(predicted, axes, flipped), options)
        expect({ ...report, prediction: expected.prediction }).toMatchObject(expected)
      }
    expect(warnings.map(({ code }) => code)).not.toContain('REORIENTED')
    const { warnings: told } = await score(
      file(truth),
      turned(predicted, [2, 0, 1], [true, false, true]),
      options,
    )
    expect(told.map(({ code }) => code)).toContain('REORIENTED')
  })
})

describe('masks at different places', () => {
  const moved = (by: number) =>
    file(predicted, { sform: sform.map((number, k) => (k === 3 ? number + by : number)) })

  it('are refused with both spacings and origins, and never resampled', async () => {
    const { code, message } = await refusal(file(truth), moved(1))
    expect(code).toBe('GEOMETRY_MISMATCH')
    expect(message).toContain('origin (10, -20, 5)')
    expect(message).toContain('origin (11, -20, 5)')
    expect((await refusal(file(truth), moved(1), { geometry: 'reorient' })).code).toBe('GEOMETRY_MISMATCH')
  })

  it('may differ by what 32-bit floats round: a hundredth of the smallest spacing', async () => {
    expect((await score(file(truth), moved(0.004))).warnings).toEqual([])
    expect((await refusal(file(truth), moved(0.006))).code).toBe('GEOMETRY_MISMATCH')
  })

  it('are compared as they are stored where the caller says so, with a warning', async () => {
    const { warnings } = await score(file(truth), moved(1), { geometry: 'ignore' })
    expect(warnings.map(({ code }) => code)).toEqual(['GEOMETRY_IGNORED'])
  })

  it('by their distances alone are refused, too', async () => {
    const one = file(truth, { sform: undefined, pixdim: [1, ...spacing] })
    const other = file(predicted, { sform: undefined, pixdim: [1, 0.5, 0.7, 3] })
    expect((await refusal(one, other)).message).toContain('spacing 0.5 x 0.7 x 3 mm')
  })
})

describe('masks of different sizes', () => {
  it('on one lattice are told to be cropped, as 3D Slicer saves segmentations', async () => {
    const part = writeNifti({
      sides: [2, 3, 2],
      data: new Uint8Array(12),
      sform: sform.map((number, k) => (k === 3 ? 9.5 : number)),
    })
    const { code, message, remedy } = await refusal(file(truth), part)
    expect([code, message]).toEqual(['SIZE_MISMATCH', expect.stringContaining('cropped')])
    expect(remedy).not.toContain('`resize`')
  })

  it('with their axes reversed are told of the order of nibabel’s arrays', async () => {
    const plain = (reversed: readonly number[]) =>
      writeNifti({ sides: reversed, data: truth, pixdim: [1, 0, 0, 0] })
    const { message, remedy } = await refusal(plain([4, 3, 5]), plain([5, 3, 4]))
    expect([message, remedy]).toEqual([
      expect.stringContaining('get_fdata'),
      expect.stringContaining('transpose(2, 1, 0)'),
    ])
  })
})

it('a segmentation without segments, which 3D Slicer saves as one voxel, is told to be exported in the extent of the image', async () => {
  const { code, message, remedy } = await refusal(
    file(truth),
    writeNrrd({ sizes: [1, 1, 1], data: Uint8Array.of(0) }),
  )
  expect([code, message]).toEqual(['SIZE_MISMATCH', expect.stringContaining('without any segment')])
  expect(remedy).toContain('reference volume')
})

describe('a mask that does not say where it lies', () => {
  const cube = (more: object) => writeNifti({ sides: [3, 3, 3], data: new Uint8Array(27), ...more })

  it('is compared as it is stored, with a warning that names the side', async () => {
    const { warnings } = await score(
      file(truth),
      file(predicted, { sform: undefined, pixdim: [1, 0.5, 0.7, 2] }),
    )
    expect(warnings).toMatchObject([
      { code: 'GEOMETRY_UNKNOWN', message: expect.stringContaining('prediction') },
    ])
  })

  it('says of a cube that the order of axes is assumed', async () => {
    const npy = Buffer.concat([
      Buffer.from(
        `\x93NUMPY\x01\0\x76\0${`{'descr': '|u1', 'fortran_order': False, 'shape': (3, 3, 3), }`.padEnd(117)}\n`,
        'latin1',
      ),
      new Uint8Array(27),
    ])
    const { warnings } = await score(cube({ sform }), npy, { stack: 'volume' })
    expect(warnings.find(({ code }) => code === 'GEOMETRY_UNKNOWN')?.message).toContain('get_fdata')
  })
})

describe('distances', () => {
  const sheared = [1, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]

  it('are refused where axes are not at right angles, unless a spacing is given', async () => {
    const [a, b] = [file(truth, { sform: sheared }), file(predicted, { sform: sheared })]
    const { code, message } = await refusal(a, b, { families: ['boundary'] })
    expect([code, message]).toEqual(['INVALID_OPTIONS', expect.stringContaining('right angles')])
    const report = await score(a, b, { families: ['boundary'], boundary: { spacing: [1, 1, 1] } })
    expect(report.boundary?.spacing).toEqual([1, 1, 1])
    expect((await score(a, b)).mi_loss).toBeGreaterThan(0)
  })

  it('in millimetres need a file that gives them, or numbers', async () => {
    const plain = writeNifti({ sides, data: truth, pixdim: [1, 0, 0, 0] })
    for (const boundary of [{ unit: 'mm' }, { spacing: 'file' }])
      expect((await refusal(plain, plain, { families: ['boundary'], boundary })).code).toBe('INVALID_OPTIONS')
  })
})

describe('the distances in a TIFF', () => {
  const pages = (labels: readonly number[]) => {
    const resolution = { type: 5, count: 1, bytes: Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0) }
    const tags = [
      textTag(270, 'ImageJ=1.53k\nimages=3\nslices=3\nunit=mm\nspacing=3\n'),
      { tag: 282, ...resolution },
      { tag: 283, ...resolution },
    ]
    return writeTiff(
      labels.map((label, z) => ({
        width: 1,
        height: 1,
        blocks: [Uint8Array.of(label)],
        ...(z === 0 && { tags }),
      })),
    )
  }
  const options = { families: ['boundary'], stack: 'volume' }

  it('are used where they are asked for, and else are pixels as ever, without a word of geometry', async () => {
    const asked = { ...options, boundary: { spacing: 'file' } }
    const inFile = await score(pages([1, 0, 0]), pages([0, 0, 1]), asked)
    expect([inFile.boundary?.spacing, inFile.boundary?.per_label[0].hausdorff]).toEqual([[3, 0.5, 0.5], 6])
    const plain = await score(pages([1, 0, 0]), pages([0, 0, 1]), options)
    expect(plain.boundary?.per_label[0].hausdorff).toBe(2)
    expect(plain.warnings.filter(({ code }) => code.startsWith('GEOMETRY'))).toEqual([])
  })
})

it('a volume that is said to hold probabilities is never counted as labels', async () => {
  const asked = { prediction: { probabilities: {} } }
  const { code } = await refusal(file(truth), file(predicted), asked)
  expect(code).toBe((await refusal(file(truth), file(predicted), { ...asked, connectivity: 4 })).code)
})

describe('volumes of more voxels than are read whole', () => {
  const limits = { maxPixels: 50 }

  it('are scored where only counts are needed', async () => {
    const report = await score(file(truth), gzipSync(file(predicted)), {}, limits)
    expect(report.mi_loss).toBe((await score(file(truth), file(predicted))).mi_loss)
  })

  it('are in a zip what they are alone', async () => {
    const zipped = zipOf({ name: 'case/a.nii', content: file(predicted) })
    const { mi_loss, prediction } = await score(
      zipOf({ name: 'a.nii', content: file(truth) }),
      zipped,
      {},
      limits,
    )
    expect(mi_loss).toBe((await score(file(truth), file(predicted))).mi_loss)
    expect(prediction.sha256).toBe(createHash('sha256').update(zipped).digest('hex'))
  })

  it('are refused for other scores, naming those that pass', async () => {
    const { code, message, errors } = await refusal(
      file(truth),
      file(predicted),
      { families: ['boundary'] },
      limits,
    )
    expect([code, message]).toEqual([
      'IMAGE_TOO_LARGE',
      expect.stringContaining('information, pairs, overlap'),
    ])
    expect(errors[0].pointer).toBe('/ground_truth')
  })

  it('name the side of a damaged file', async () => {
    const { code, errors } = await refusal(file(truth), gzipSync(file(predicted)).subarray(0, -9), {}, limits)
    expect([code, errors[0].pointer]).toEqual(['TRUNCATED', '/prediction'])
  })
})
