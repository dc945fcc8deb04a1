import { gzipSync } from 'node:zlib'
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

describe('a volume in a zip that is larger than one file may be', () => {
  const [width, height, depth] = [40, 40, 10]
  const labels = Int16Array.from({ length: width * height * depth }, (_, i) => Math.floor(i / 4000))
  const data = voxelBytes(labels)
  const many = [width, height, depth]
  const limits = { ...defaultLimits, maxFileBytes: 2000 }
  const nifti = (more: object = {}) => writeNifti({ sides: many, data: labels, ...more })
  const nrrd = writeNrrd({ sizes: many, type: 'short', data })
  const metaImage = Buffer.from(writeMetaImage({ sides: many, type: 'MET_SHORT', data }))
  const headerOf = (file: Buffer) => file.subarray(0, file.length - data.length)
  const zips = {
    'a NIfTI': [{ name: 'a.nii', content: nifti() }],
    'a NIfTI in two parts': [
      { name: 'a.hdr', content: nifti({ detached: true }) },
      { name: 'a.img', content: data },
    ],
    'an NRRD': [{ name: 'a.nrrd', content: nrrd }],
    'an NRRD in two parts': [
      {
        name: 'a.nhdr',
        content: headerOf(writeNrrd({ sizes: many, type: 'short', data, fields: { 'data file': 'a.raw' } })),
      },
      { name: 'a.raw', content: data },
    ],
    'a MetaImage': [{ name: 'a.mha', content: metaImage }],
    'a MetaImage in two parts': [
      { name: 'a.mhd', content: headerOf(metaImage).toString('latin1').replace('= LOCAL', '= a.raw') },
      { name: 'a.raw', content: data },
    ],
  }
  const read = async (zip: Uint8Array) => {
    const source = await openSource({ kind: 'file', bytes: zip }, {}, limits)
    if (source.kind !== 'mask') throw new Error('the zip was taken for an annotation')
    return { source, mask: await decodeMask(source.bytes, {}, limits) }
  }

  it.each(Object.entries(zips))(
    'stays deflated until its reader inflates it in pieces: %s',
    async (_, files) => {
      const { source, mask } = await read(zipOf(...files))
      expect(source.bytes.length).toBeLessThan(limits.maxFileBytes)
      expect([mask.warnings, mask.map.labels.length]).toEqual([[], labels.length])
      expect(mask.map.labels.every((label, i) => label === labels[i])).toBe(true)
    },
  )

  it.each(Object.entries(zips))('has its checksum verified: %s', async (_, files) => {
    const last = files.length - 1
    await expect(
      read(zipOf(...files.map((file, k) => (k === last ? { ...file, crc: 1 } : file)))),
    ).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it('is no way around the limit of voxels', async () => {
    const { source } = await read(zipOf(...zips['a NIfTI']))
    await expect(decodeMask(source.bytes, {}, { ...limits, maxPixels: 15_999 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    })
  })

  it('is what it holds, not what it is called: a gzip of the name .nii is read', async () => {
    const bytes = gzipSync(nifti())
    expect((await read(zipOf({ name: 'a.nii', content: bytes }))).mask.map.labels).toHaveLength(labels.length)
  })
})

it('a zipped Zarr is told to be exported', async () => {
  await expect(decoded(['labels/.zarray', Buffer.from('{"chunks": [1]}')])).rejects.toMatchObject({
    code: 'UNSUPPORTED_FORMAT',
    message: expect.stringContaining('Zarr'),
  })
})
