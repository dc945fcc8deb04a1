import type { StoredNumbers } from '../integral-labels.ts'
import { exactSamples } from '../sharp-chain.ts'
import { gridOf } from './blocks.ts'
import type { TiffPage } from './page.ts'
import type { PlainCopy } from './plain-copy.ts'
import type { View } from './plain-fields.ts'
import { sampleFormats, tags } from './tags.ts'
import { undoPredictor } from './undo-predictor.ts'

/**
 * Samples of types that the decoder does not read: it undoes the compression of their bytes, and the rest is done here.
 * @param page of 64 bits or half floats, of one sample a pixel unless `view` names one plane
 */
export async function rawNumbers(
  copy: PlainCopy,
  page: TiffPage,
  view: Exclude<View, 'bytes'>,
): Promise<StoredNumbers> {
  const { file } = copy
  const { width, height } = page
  const grid = gridOf(file, page)
  const sampleBytes = page.bits / 8
  const rowBytes = grid.across * grid.width * sampleBytes
  const size = { width: rowBytes, height, channels: 1, space: 'b-w', type: 'uchar' } as const
  const rows = await exactSamples(
    copy.show(page, view === 'samples' ? 'bytes' : { ...view, bytes: true }),
    size,
  )
  const entry = page.directory.entries.get(tags.predictor)
  const predictor = entry === undefined ? 1 : file.value(entry, 0)
  // A predictor starts anew with every row of every tile.
  undoPredictor(rows, {
    rowBytes: grid.width * sampleBytes,
    sampleBytes,
    predictor,
    little: file.flavour.little,
  })
  const kept = new Uint8Array(width * height * sampleBytes)
  const keptRow = width * sampleBytes
  for (let y = 0; y < height; y++) kept.set(rows.subarray(y * rowBytes, y * rowBytes + keptRow), y * keptRow)
  return viewOf(page, kept.buffer)
}

function viewOf({ bits, sampleFormat }: TiffPage, samples: ArrayBuffer): StoredNumbers {
  if (sampleFormat === sampleFormats.unsigned) return new BigUint64Array(samples)
  if (sampleFormat === sampleFormats.signed) return new BigInt64Array(samples)
  return bits === 16 ? new Float16Array(samples) : new Float64Array(samples)
}
