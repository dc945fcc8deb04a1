import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { orientationOf } from '../../../src/labels/volume-geometry.ts'
import { defaultLimits } from '../../../src/limits.ts'

interface Golden {
  readonly file: string
  readonly options: object
  /** Columns, rows, slices. */
  readonly sides: readonly number[]
  readonly labels: readonly number[]
  readonly source: string
  readonly spacing: readonly [number, number, number]
  readonly orientation: string | null
  readonly isScaled?: true
}
/** What nibabel reads; `nifti.py` in the folder above says how the files were made. */
const folder = new URL('../../golden/volumes/nifti/', import.meta.url)
const golden: readonly Golden[] = JSON.parse(readFileSync(new URL('../nifti.json', folder), 'utf8'))

describe('files that nibabel wrote', () => {
  it.each(golden)('$file has the labels and the distances that nibabel reads', async (expected) => {
    const bytes = readFileSync(new URL(expected.file, folder))
    const { map, geometry } = await decodeMask(bytes, expected.options, defaultLimits)
    expect([map.width, map.height, map.depth]).toEqual(expected.sides)
    expect([...map.labels]).toEqual(expected.labels)
    expect(geometry?.source).toBe(expected.source)
    const { column, row, depth } = geometry?.spacing ?? { column: 0, row: 0, depth: 0 }
    expect([column, row, depth]).toEqual(expected.spacing.map((side) => expect.closeTo(side, 6)))
    expect(geometry?.affine ? orientationOf(geometry.affine) : null).toBe(expected.orientation)
  })

  it.each(golden.filter(({ isScaled }) => isScaled))('$file is not rounded unasked', async ({ file }) => {
    const bytes = readFileSync(new URL(file, folder))
    await expect(decodeMask(bytes, {}, defaultLimits)).rejects.toMatchObject({
      code: 'NON_INTEGER_LABEL',
      remedy: expect.stringContaining('`scaling`'),
    })
  })

  it('are all in the list', () => {
    expect(readdirSync(folder).sort()).toEqual(golden.map(({ file }) => file).sort())
  })
})
