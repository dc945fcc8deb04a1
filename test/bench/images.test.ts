import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { paintSide } from '../../bench/images/paint-pair.ts'
import type { PairSpec } from '../../bench/images/pair-spec.ts'
import { writePng } from '../../bench/images/png-writer.ts'

const spec: PairSpec = {
  width: 160,
  height: 96,
  cells: 40,
  content: 'classes',
  bits: 8,
  style: 'pillow',
  seed: 7,
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

describe('the benchmark images', () => {
  it('are the same on every run and every machine', () => {
    const digests = (['groundTruth', 'prediction'] as const).map((side) =>
      digest(paintSide(spec, side).labels as Uint8Array),
    )
    expect(digests).toEqual(['e97b9a2375b24352', 'ae17903e4fd96fef'])
  })

  it('differ by seed', () => {
    const other = paintSide({ ...spec, seed: 8 }, 'groundTruth')
    expect(other.labels).not.toEqual(paintSide(spec, 'groundTruth').labels)
  })

  it('hold classes and void in the ground truth, no void in the prediction', () => {
    const labels = (side: 'groundTruth' | 'prediction') =>
      new Set(paintSide({ ...spec, cells: 400 }, side).labels)
    expect([...labels('groundTruth')].every((label) => label < 19 || label === 255)).toBe(true)
    expect(labels('groundTruth')).toContain(255)
    expect(labels('prediction')).not.toContain(255)
  })

  it('move, drop and add some cells, and keep most pixels', () => {
    const ids = { ...spec, content: 'ids', bits: 16 } as const
    const [truth, prediction] = [paintSide(ids, 'groundTruth'), paintSide(ids, 'prediction')]
    const equal =
      truth.labels.filter((label, i) => label === prediction.labels[i]).length / truth.labels.length
    expect(equal).toBeGreaterThan(0.6)
    expect(equal).toBeLessThan(0.98)
    expect(Math.max(...prediction.labels)).toBeGreaterThan(40)
  })
})

describe('the benchmark PNG writer', () => {
  it.each(['pillow', 'opencv'] as const)(
    'writes 8 and 16 bits that another decoder reads back: %s',
    async (style) => {
      for (const bits of [8, 16] as const) {
        const map = paintSide({ ...spec, content: 'ids', bits, cells: 200 }, 'groundTruth')
        const decoded = await sharp(writePng(map, style))
          .toColourspace(bits === 8 ? 'b-w' : 'grey16')
          .raw({ depth: bits === 8 ? 'uchar' : 'ushort' })
          .toBuffer()
        const labels = bits === 8 ? decoded : new Uint16Array(new Uint8Array(decoded).buffer)
        expect([...labels]).toEqual([...map.labels])
      }
    },
  )

  it('writes 24-bit labels as RGB, least byte first', async () => {
    const labels = Uint32Array.from([0, 1, 256, 65_536, 16_777_215, 70_000])
    const png = writePng({ width: 3, height: 2, depth: 1, labels }, 'rgb')
    const rgb = await sharp(png).raw().toBuffer()
    expect(Array.from(labels, (_, i) => rgb[3 * i] + 256 * rgb[3 * i + 1] + 65_536 * rgb[3 * i + 2])).toEqual(
      [...labels],
    )
  })

  it('gives each index of a palette its own colour', async () => {
    const labels = Uint8Array.from({ length: 256 }, (_, i) => i)
    const rgb = await sharp(writePng({ width: 16, height: 16, depth: 1, labels }, 'palette'))
      .raw()
      .toBuffer()
    expect(new Set(Array.from(labels, (i) => rgb.readUIntBE(3 * i, 3))).size).toBe(256)
  })
})
