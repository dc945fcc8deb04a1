import { describe, expect, it } from 'vitest'
import { openSource } from '../../../src/annotations/open-source.ts'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { zipOf } from '../../annotations/zip-writer.ts'
import { writeMetaImage } from '../../oracle/metaimage-writer.ts'
import { voxelBytes, writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'

const values = Int16Array.from([0, 1, 2, 3, 4, 500, 6, 7])
const sides = [2, 2, 2]

async function decoded(...files: readonly [name: string, content: Uint8Array][]) {
  const bytes = zipOf(...files.map(([name, content]) => ({ name, content })))
  const source = await openSource({ kind: 'file', bytes }, {}, defaultLimits)
  if (source.kind !== 'mask') throw new Error('the zip was taken for an annotation')
  return decodeMask(source.bytes, {}, defaultLimits)
}

const withoutData = (file: Buffer) => file.subarray(0, file.length - values.byteLength)

describe('a header and its voxels in one zip', () => {
  it('are a NIfTI, in both versions and byte orders', async () => {
    for (const version of [1, 2] as const)
      for (const bigEndian of [false, true]) {
        const header = writeNifti({
          version,
          bigEndian,
          sides,
          data: values,
          detached: true,
          pixdim: [1, 2, 3, 4],
        })
        const { map, encoding, geometry } = await decoded(
          ['case/seg.img', voxelBytes(values, bigEndian)],
          ['case/seg.hdr', header],
        )
        expect([encoding, [...map.labels]]).toEqual([`nifti${version}-int16`, [...values]])
        expect(geometry?.spacing).toEqual({ column: 2, row: 3, depth: 4 })
      }
  })

  it('are an NRRD, whether or not an empty line ends its header', async () => {
    const fields = { 'data file': './seg.raw' }
    const header = withoutData(writeNrrd({ sizes: sides, type: 'short', data: voxelBytes(values), fields }))
    for (const nhdr of [header, header.subarray(0, -1)]) {
      const { map } = await decoded(['seg.nhdr', nhdr], ['seg.raw', voxelBytes(values)])
      expect([...map.labels]).toEqual([...values])
    }
  })

  it('are a MetaImage', async () => {
    const whole = Buffer.from(writeMetaImage({ sides, type: 'MET_SHORT', data: voxelBytes(values) }))
    const text = withoutData(whole).toString('latin1').replace('= LOCAL', '= seg.raw')
    const { map } = await decoded(['a/seg.mhd', Buffer.from(text)], ['a/seg.raw', voxelBytes(values)])
    expect([...map.labels]).toEqual([...values])
  })

  it('are told what is missing where only the header is there', async () => {
    const header = writeNifti({ sides, data: values, detached: true })
    await expect(decoded(['seg.hdr', header])).rejects.toMatchObject({
      code: 'MISSING_PART',
      message: expect.stringContaining('"seg.img"'),
    })
  })

  it('are refused where the voxels stand in several files', async () => {
    const header = writeNrrd({
      sizes: sides,
      data: new Uint8Array(),
      fields: { 'data file': 's_%03d.raw 1 2 1' },
    })
    await expect(decoded(['seg.nhdr', header])).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' })
  })
})

it('a zipped Zarr is told to be exported', async () => {
  await expect(decoded(['labels/.zarray', Buffer.from('{"chunks": [1]}')])).rejects.toMatchObject({
    code: 'UNSUPPORTED_FORMAT',
    message: expect.stringContaining('Zarr'),
  })
})
