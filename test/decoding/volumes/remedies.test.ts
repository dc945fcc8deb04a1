import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../../src/decoding/decode-mask.ts'
import { readArray } from '../../../src/decoding/probabilities/read-array.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { writeMetaImage } from '../../oracle/metaimage-writer.ts'
import { writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'
import { refusalOf } from '../refusal-of.ts'

const data = Uint8Array.from({ length: 12 }, (_, i) => i)
const nrrd = (more: object = {}) => writeNrrd({ sizes: [3, 2, 2], data, ...more })
const metaImage = (sides: readonly number[], fields: Readonly<Record<string, string>> = {}) =>
  writeMetaImage({ sides, type: 'MET_UCHAR', data, fields })

describe('what a refused volume is advised leads to no further refusal', () => {
  it.each<[string, Uint8Array, RegExp, Uint8Array, object]>([
    [
      'an NRRD of four axes in space',
      nrrd({ sizes: [3, 2, 1, 2] }),
      /`kinds`.*"time"/,
      nrrd({ sizes: [3, 2, 1, 2], fields: { kinds: 'space space space time' } }),
      { frame: 0 },
    ],
    [
      'an NRRD without a byte order',
      nrrd({ type: 'short', sizes: [3, 2, 1], fields: { endian: undefined } }),
      /`endian: little`/,
      nrrd({ type: 'short', sizes: [3, 2, 1] }),
      {},
    ],
    [
      'a MetaImage of text',
      metaImage([3, 2, 2], { BinaryData: 'False' }),
      /`BinaryData = True`/,
      metaImage([3, 2, 2]),
      {},
    ],
  ])('%s, as labels', async (_, refused, remedy, followed, options) => {
    expect((await refusalOf(refused)).remedy).toMatch(remedy)
    expect((await decodeMask(followed, options, defaultLimits)).map.labels.length).toBeGreaterThan(0)
  })

  it.each<[string, Uint8Array]>([
    ['a MetaImage of several channels', metaImage([3, 2], { ElementNumberOfChannels: '2' })],
    ['a MetaImage of four axes', metaImage([3, 2, 1, 2])],
    ['a NIfTI of vectors', writeNifti({ sides: [3, 2, 1, 1, 2], data })],
    ['a NIfTI of frames', writeNifti({ sides: [3, 2, 1, 2], data })],
    ['an NRRD of layers', nrrd({ sizes: [2, 3, 2], fields: { kinds: 'list domain domain' } })],
  ])('%s, as a probability map', async (_, file) => {
    expect((await refusalOf(file)).remedy).toContain('set `probabilities` to {}')
    expect((await readArray(file, { entry: undefined }, defaultLimits)).items).toHaveLength(12)
  })

  it('a MetaImage whose pixels lie elsewhere is to be zipped with them, or saved as one file', async () => {
    const elsewhere = Buffer.from(
      Buffer.from(metaImage([3, 2, 2]))
        .toString('latin1')
        .replace('= LOCAL', '= a.raw'),
      'latin1',
    )
    expect((await refusalOf(elsewhere)).remedy).toContain('one zip')
  })
})
