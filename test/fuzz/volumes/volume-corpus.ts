import { gzipSync } from 'node:zlib'
import { isVolumeFormat } from '../../../src/decoding/volume/open-voxels.ts'
import { zipOf } from '../../annotations/zip-writer.ts'
import { writeMetaImage } from '../../oracle/metaimage-writer.ts'
import { voxelBytes, writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'
import { buildCorpus, type Original } from '../corpus.ts'

/** A sound volume, also in a zip. */
export interface OriginalVolume extends Original {
  /** Every voxel and what is said of it lies under a checksum: other labels are a fault. */
  readonly isSealed: boolean
}

const sides = [6, 5, 4]
const labels = Int16Array.from({ length: 120 }, (_, i) => ((i * i) % 41) + (i % 7) * 50)
const data = voxelBytes(labels)
const headerOf = (file: Uint8Array) => file.subarray(0, file.length - data.length)
const nrrdOf = (fields: Readonly<Record<string, string>> = {}) =>
  writeNrrd({ sizes: sides, type: 'short', data, fields })
const metaImage = writeMetaImage({ sides, type: 'MET_SHORT', data })

const sealed = (name: string, format: Original['format'], bytes: Uint8Array): OriginalVolume => ({
  name,
  format,
  bytes,
  options: {},
  isSealed: true,
})

/** In both ways of a zip, which are read by different ways. */
const zipped = (name: string, format: Original['format'], ...files: readonly [string, Uint8Array][]) =>
  [false, true].map((store) =>
    sealed(
      `${name}${store ? ', stored' : ''}`,
      format,
      zipOf(...files.map(([file, content]) => ({ name: file, content, store }))),
    ),
  )

/** Volumes of every format, as they are, gzipped, in zips, and in two parts. */
export async function volumeCorpus(): Promise<readonly OriginalVolume[]> {
  const plain = (await buildCorpus())
    .filter(({ format }) => isVolumeFormat(format))
    .map((original) => ({ ...original, isSealed: original.bytes[0] === 0x1f }))
  const nifti = writeNifti({ sides, data: labels })
  const second = writeNifti({ version: 2, bigEndian: true, sides, data: labels })
  return [
    ...plain,
    sealed('nrrd, gzipped as a whole', 'nrrd', gzipSync(nrrdOf())),
    sealed('mha, gzipped as a whole', 'mha', gzipSync(metaImage)),
    sealed(
      'nifti in two members',
      'nifti',
      Buffer.concat([gzipSync(second.subarray(0, 600)), gzipSync(second.subarray(600))]),
    ),
    ...zipped('zip of a nifti', 'nifti', ['a/v.nii', nifti]),
    ...zipped('zip of a nii.gz', 'nifti', ['v.nii.gz', gzipSync(second)]),
    ...zipped('zip of an nrrd', 'nrrd', ['v.nrrd', nrrdOf()]),
    ...zipped('zip of a mha', 'mha', ['v.mha', metaImage]),
    ...zipped(
      'zip of hdr and img',
      'nifti',
      ['v.hdr', writeNifti({ sides, data: labels, detached: true })],
      ['v.img', data],
    ),
    ...zipped(
      'zip of nhdr and raw',
      'nrrd',
      ['v.nhdr', headerOf(nrrdOf({ 'data file': 'v.raw' }))],
      ['v.raw', data],
    ),
    ...zipped(
      'zip of mhd and raw',
      'mha',
      [
        'v.mhd',
        Buffer.from(Buffer.from(headerOf(metaImage)).toString('latin1').replace('= LOCAL', '= v.raw')),
      ],
      ['v.raw', data],
    ),
  ]
}
