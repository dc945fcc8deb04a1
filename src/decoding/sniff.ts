import { constants, inflateRawSync } from 'node:zlib'
import type { ProblemCode } from '../problems/catalogue.ts'
import { maskFormats, type ReadFormat, readFormats } from './mask-formats.ts'
import { gzipDataStart, isGzip } from './volume/gzip-members.ts'
import { isVolumeFormat } from './volume/open-voxels.ts'
import { webLanguage } from './web-language.ts'

/** What the first bytes say a file is. */
export type Sniffed =
  | { readonly format: ReadFormat }
  | { readonly refused: ProblemCode; readonly name: string; readonly hint?: string }

interface Signature {
  /** Bytes in latin1; `?` matches any. */
  readonly text: string
  readonly at?: number
  readonly is: Sniffed
}

const array = 'Save the array with numpy.save as .npy.'
const volume = `${array.slice(0, -1)}, and set \`stack\` to "volume" if it has three axes.`
const dicom =
  'Convert a segmentation (DICOM-SEG) to NRRD or NIfTI, with dcmqi’s `segimage2itkimage` or in 3D Slicer.'
const zarr =
  'A Zarr or OME-Zarr is a folder of chunks and no file: export the label image as TIFF, NRRD or NIfTI.'
const unpack = 'Send the file uncompressed.'
const unread = (name: string, hint?: string): Sniffed => ({
  refused: 'UNSUPPORTED_FORMAT',
  name,
  ...(hint === undefined ? {} : { hint }),
})
const lossy = (name: string): Sniffed => ({ refused: 'LOSSY_FORMAT', name })

const annotationHint =
  'If it is the annotation of a labeling tool, name its `format` in the options of this side.'

const signatures: readonly Signature[] = [
  ...readFormats.flatMap((format) => maskFormats[format].marks.map((text) => ({ text, is: { format } }))),
  { text: '\xff\xd8\xff', is: lossy('JPEG') },
  { text: 'ftypavif', at: 4, is: lossy('AVIF') },
  { text: 'ftypavis', at: 4, is: lossy('AVIF') },
  { text: 'ftyphe', at: 4, is: lossy('HEIF') },
  { text: 'ftypmif1', at: 4, is: lossy('HEIF') },
  { text: 'ftypmsf1', at: 4, is: lossy('HEIF') },
  { text: '????ftyp', is: unread('MP4-like') },
  { text: '\xff\x0a', is: unread('JPEG XL') },
  { text: '\0\0\0\x0cJXL ', is: unread('JPEG XL') },
  { text: '\0\0\0\x0cjP  ', is: unread('JPEG 2000') },
  { text: '\xff\x4f\xff\x51', is: unread('JPEG 2000') },
  { text: 'GIF8', is: unread('GIF', 'Tools renumber the indices of a GIF: export the mask as PNG.') },
  { text: 'BM', is: unread('BMP') },
  { text: '%PDF', is: unread('PDF') },
  { text: '8BPS', is: unread('Photoshop') },
  { text: '\0\0\x01\0', is: unread('ICO') },
  { text: 'qoif', is: unread('QOI') },
  { text: '\x76\x2f\x31\x01', is: unread('OpenEXR') },
  { text: '\x8aMNG', is: unread('MNG') },
  { text: '\x89HDF', is: unread('HDF5', array) },
  { text: 'SIMPLE  =', is: unread('FITS') },
  { text: 'DICM', at: 128, is: unread('DICOM', dicom) },
  { text: 'ObjectType = ', is: unread('MetaImage', volume) },
  { text: '\x80?}', is: unread('a Python pickle', array) },
  { text: 'PAR1', is: unread('Parquet') },
  {
    text: 'version https://git-lfs',
    is: unread('a Git LFS pointer, not the mask', 'Run `git lfs pull`, and send the file that it brings.'),
  },
  { text: 'MATLAB', is: unread('MATLAB', array) },
  { text: 'PK\x03\x04', is: unread('zip', 'Send one mask out of the archive.') },
  { text: '\x1f\x8b', is: unread('gzip', unpack) },
  { text: '\x28\xb5\x2f\xfd', is: unread('Zstandard', unpack) },
  { text: 'BZh', is: unread('bzip2', unpack) },
  { text: '\xfd7zXZ', is: unread('xz', unpack) },
]

const pnm = /^P[1-7fF]\s/
const webPage =
  'It may be an error or log-in page that was saved in place of the mask: download the mask again, signed in.'
const failedDownload = 'It may be the message of a failed download: download the mask again.'
/** Bytes that are looked at where no signature fits. */
const headBytes = 2048

/** Says what a file is by its first bytes. A name or a declared type never has a say. */
export function sniff(bytes: Uint8Array): Sniffed {
  const found = signatures.find((signature) => matches(bytes, signature))
  if (found !== undefined) return isGzip(bytes) ? gzipped(bytes) : found.is
  // A TIFF-like mark of another version, or an npy cut short, is no format of ours.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString(
    'latin1',
  )
  const text = head.replace(/^\xef\xbb\xbf/, '')
  if (pnm.test(text)) return unread('PNM')
  const language = webLanguage(text)
  if (language !== undefined) return language === 'HTML' ? unread('HTML', webPage) : unread('SVG')
  if (/^\s*\{[\s\S]*"zarr_format"\s*:/.test(text)) return unread('Zarr', zarr)
  if (/^\s*[[{]/.test(text)) return unread('JSON', annotationHint)
  if (/^\s*<[?!a-z]/i.test(text)) return unread('XML', annotationHint)
  if (/^\s*-?\d+(?:\.\d+)?(?:[,;\t ]\s*-?\d|\r?\n)/.test(text))
    return unread('a table of numbers', `${array} ${annotationHint}`)
  const [words] = /^[\x20-\x7e]{4,60}/.exec(text) ?? ['']
  return /^[\s\x20-\x7e]+$/.test(text) && words !== ''
    ? unread(`text that starts with "${words}"`, `${failedDownload} ${annotationHint}`)
    : unread('')
}

/** What gzip holds matters more than that it is gzip: who unpacks it should not meet the next refusal. */
function gzipped(bytes: Uint8Array): Sniffed {
  const inner = startOfGzip(bytes)
  const sniffed = inner === undefined || isGzip(inner) ? undefined : sniff(inner)
  if (sniffed === undefined) return unread('gzip', unpack)
  // Volumes are mostly kept so, and their reader inflates.
  if ('format' in sniffed && isVolumeFormat(sniffed.format)) return sniffed
  if ('format' in sniffed)
    return unread(`gzip, and what it holds is ${maskFormats[sniffed.format].name}`, unpack)
  const { name, hint } = sniffed
  return name === ''
    ? unread('gzip', unpack)
    : { ...sniffed, name: `gzip, and what it holds is ${name}`, ...(hint !== undefined && { hint }) }
}

/**
 * The first bytes behind gzip; undefined when it is damaged. Its input is bounded, and so is what that can become. What
 * follows the first member, its checksum too, is not looked at here.
 */
function startOfGzip(bytes: Uint8Array): Uint8Array | undefined {
  const head = bytes.subarray(0, headBytes)
  try {
    return inflateRawSync(head.subarray(gzipDataStart(head, 0, 'The file')), {
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch {
    return undefined
  }
}

function matches(bytes: Uint8Array, { text, at = 0 }: Signature): boolean {
  if (bytes.length < at + text.length) return false
  for (let i = 0; i < text.length; i++)
    if (text[i] !== '?' && bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}
