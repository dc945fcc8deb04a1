import { Refusal } from '../../problems/refusal.ts'
import type { Directory, TiffFile } from './directory.ts'
import { photometrics, sampleFormats, type TiffPage, tags } from './page.ts'

/** The ExtraSamples value of alpha that colours have not been multiplied by. */
const unassociatedAlpha = 2

/**
 * Sets the tags that would make a decoder interpret samples:
 * palette → grey, so samples are the indices; associated alpha → unassociated, so nothing is divided by it;
 * signed 8 and 16 bits → unsigned, so nothing is clipped at 0.
 */
export function neutralise(copy: Uint8Array, file: TiffFile, page: TiffPage): void {
  const { photometric, sampleFormat, bits } = page
  if (photometric === photometrics.palette)
    setTag(copy, file, page, tags.photometric, photometrics.minIsBlack)
  setTag(copy, file, page, tags.extraSamples, unassociatedAlpha)
  if (sampleFormat === sampleFormats.signed && bits <= 16)
    setTag(copy, file, page, tags.sampleFormat, sampleFormats.unsigned)
}

/** Whether `neutralise` has something to do, so a copy is needed. */
export function needsNeutralising({ photometric, sampleFormat, bits, directory }: TiffPage): boolean {
  return (
    photometric === photometrics.palette ||
    directory.entries.has(tags.extraSamples) ||
    (sampleFormat === sampleFormats.signed && bits <= 16)
  )
}

/** Writes `value` as every value a tag has for the samples of the page, if the page has the tag. */
function setTag(
  copy: Uint8Array,
  file: TiffFile,
  { directory, samples }: TiffPage,
  tag: number,
  value: number,
): void {
  const entry = directory.entries.get(tag)
  if (entry === undefined) return
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength)
  const { little } = file.flavour
  for (let i = 0; i < Math.min(entry.count, samples); i++) {
    // Reading it first makes sure that it lies within the file.
    if (file.value(entry, i) === value) continue
    if (entry.type === 3) view.setUint16(entry.valuesAt + 2 * i, value, little)
    else if (entry.type === 4) view.setUint32(entry.valuesAt + 4 * i, value, little)
    else throw new Refusal('CORRUPT', `TIFF tag ${tag} is of field type ${entry.type}; it must be a SHORT.`)
  }
}

/** Makes the directory at `offset` the first and last one of `copy`. */
export function isolatePage(copy: Uint8Array, file: TiffFile, offset: number, { nextAt }: Directory): void {
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength)
  const { little, big } = file.flavour
  if (big) {
    view.setBigUint64(file.firstAt, BigInt(offset), little)
    view.setBigUint64(nextAt, 0n, little)
  } else {
    view.setUint32(file.firstAt, offset, little)
    view.setUint32(nextAt, 0, little)
  }
}
