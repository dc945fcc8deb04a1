import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { type TiffTag, textTag, writeTiff } from '../oracle/tiff-writer.ts'
import { refusalOf } from './refusal-of.ts'

const [width, height] = [4, 3]
const decode = (bytes: Uint8Array, options: object = {}) => decodeMask(bytes, options, defaultLimits)

/** The label of an image says which one it is: its time, slice and channel. */
const labelOf = (t: number, z: number, c: number) => 100 * t + 10 * z + c
const fraction = (tag: number, numerator: number, denominator: number): TiffTag => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(numerator, 0)
  bytes.writeUInt32LE(denominator, 4)
  return { tag, type: 5, count: 1, bytes }
}

/** Images in the order in which they are given, each of one label. */
const stack = (labels: readonly number[], description: string, tags: readonly TiffTag[] = []) =>
  writeTiff(
    labels.map((label, page) => ({
      width,
      height,
      blocks: [new Uint8Array(width * height).fill(label)],
      ...(page === 0 && { tags: [textTag(270, description), ...tags] }),
    })),
  )
/** The same behind one directory, as ImageJ writes beyond 4 GB. */
const oneDirectory = (labels: readonly number[], description: string) =>
  writeTiff([
    {
      width,
      height,
      blocks: [Uint8Array.from(labels.flatMap((label) => Array<number>(width * height).fill(label)))],
      tags: [{ tag: 279, values: [width * height], type: 4 }, textTag(270, description)],
    },
  ])

const [frames, slices, channels] = [2, 3, 2]
const range = (size: number) => Array.from({ length: size }, (_, k) => k)
const inOrder = (order: 'TZC' | 'TCZ' | 'ZCT') => {
  const sizes = { T: frames, Z: slices, C: channels }
  const [a, b, c] = [...order] as ('T' | 'Z' | 'C')[]
  return range(sizes[a]).flatMap((i) =>
    range(sizes[b]).flatMap((j) =>
      range(sizes[c]).map((k) => {
        const at = { [a]: i, [b]: j, [c]: k } as Record<'T' | 'Z' | 'C', number>
        return labelOf(at.T, at.Z, at.C)
      }),
    ),
  )
}
const ome = (order: string, more = '') =>
  `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0" DimensionOrder="${order}" SizeX="4" SizeY="3" SizeZ="3" SizeC="2" SizeT="2" Type="uint8"${more}/></Image></OME>`
const imageJ = 'ImageJ=1.53k\nimages=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\n'

/** One acquisition as three programs write it. */
const files = {
  ImageJ: stack(inOrder('TZC'), imageJ),
  'ImageJ behind one directory': oneDirectory(inOrder('TZC'), imageJ),
  OME: stack(inOrder('TCZ'), ome('XYZCT')),
  'OME in another order': stack(inOrder('ZCT'), ome('XYTCZ')),
  tifffile: stack(inOrder('TZC'), '{"axes": "TZCYX", "shape": [2, 3, 2, 3, 4]}'),
}

describe.each(Object.entries(files))('a hyperstack of %s', (_, file) => {
  it('is read as the slices of one channel and one point in time', async () => {
    for (const frame of range(frames))
      for (const channel of range(channels)) {
        const { map } = await decode(file, { stack: 'volume', frame, channel })
        expect([map.width, map.height, map.depth]).toEqual([width, height, slices])
        expect(range(slices).map((z) => map.labels[z * width * height])).toEqual(
          range(slices).map((z) => labelOf(frame, z, channel)),
        )
      }
  })

  it('is never read with its channels or its time as depth, and says what to name', async () => {
    for (const [options, option] of [
      [{ frame: 0 }, 'channel'],
      [{ channel: 0 }, 'frame'],
    ] as const) {
      const { code, message, remedy } = await refusalOf(file, { stack: 'volume', ...options })
      expect([code, message]).toEqual(['MULTI_PAGE', expect.stringContaining('2 frames')])
      expect(remedy).toContain(`Set \`${option}\` of this side to a number from 0 to 1`)
    }
    expect((await refusalOf(file, { frame: 2, channel: 0 })).code).toBe('INVALID_OPTIONS')
    expect((await refusalOf(file, { frame: 0, channel: 4 })).code).toBe('INVALID_OPTIONS')
  })
})

describe('a stack of channels alone', () => {
  const file = stack([0, 1, 2], 'ImageJ=1.53k\nimages=3\nchannels=3\n')

  it('is no volume, and gives the image of one channel', async () => {
    for (const options of [{}, { stack: 'volume' }] as const)
      expect((await refusalOf(file, options)).remedy).toContain('`channel`')
    const { map } = await decode(file, { channel: 2 })
    expect([map.depth, map.labels[0]]).toEqual([1, 2])
  })
})

it('of points in time alone one can be named', async () => {
  const file = stack([7, 8, 9], 'ImageJ=1.53k\nimages=3\nframes=3\n')
  expect((await decode(file, { frame: 1 })).map.labels[0]).toBe(8)
})

it('several images of one OME file are not mixed', async () => {
  const two = ome('XYZCT').replace('</Image>', '</Image><Image ID="Image:1"><Pixels SizeZ="3"/></Image>')
  const { code } = await refusalOf(stack([...inOrder('TCZ'), ...inOrder('TCZ')], two), { stack: 'volume' })
  expect(code).toBe('MULTI_PAGE')
})

it('a fifth channel is none of a pixel', async () => {
  const png = writePngSamples({
    width: 2,
    height: 1,
    bitDepth: 8,
    colourType: 0,
    samples: Uint16Array.of(0, 1),
  })
  expect((await refusalOf(png, { channel: 4 })).code).toBe('INVALID_OPTIONS')
})

describe('the distances in a TIFF', () => {
  it('are those of ImageJ: pixels in a unit, and the spacing of slices', async () => {
    const description = 'ImageJ=1.53k\nimages=3\nslices=3\nunit=micron\nspacing=2.5\n'
    const tags = [fraction(282, 10, 9), fraction(283, 5, 4)]
    const { geometry } = await decode(stack([0, 1, 2], description, tags), { stack: 'volume' })
    expect(geometry).toMatchObject({ source: 'ImageJ', unit: 'mm', onRequest: true })
    expect(geometry?.spacing.column).toBeCloseTo(0.0009, 12)
    expect(geometry?.spacing.row).toBeCloseTo(0.0008, 12)
    expect(geometry?.spacing.depth).toBeCloseTo(0.0025, 12)
  })

  it('are those of OME, in micrometres where no unit is given', async () => {
    const more =
      ' PhysicalSizeX="0.9" PhysicalSizeY="800" PhysicalSizeYUnit="nm" PhysicalSizeZ="2.5" PhysicalSizeZUnit="µm"'
    const bytes = Buffer.from(ome('XYZCT', more)).toString('latin1')
    const { geometry } = await decode(stack(inOrder('TCZ'), bytes), { stack: 'volume', frame: 0, channel: 1 })
    expect(geometry?.source).toBe('OME')
    expect(geometry?.spacing.column).toBeCloseTo(0.0009, 12)
    expect(geometry?.spacing.row).toBeCloseTo(0.0008, 12)
    expect(geometry?.spacing.depth).toBeCloseTo(0.0025, 12)
  })

  it('are not known where a resolution has no unit', async () => {
    const { geometry } = await decode(stack([1], '', [fraction(282, 72, 1), fraction(283, 72, 1)]))
    expect(geometry).toBeUndefined()
  })
})
