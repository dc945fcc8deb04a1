import type { ProblemCode } from '../problems/catalogue.ts'
import { maskFormats, type ReadFormat, readFormats } from './mask-formats.ts'

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
  { text: '\x89HDF', is: unread('HDF5', 'Save the array with numpy.save as .npy.') },
  { text: 'SIMPLE  =', is: unread('FITS') },
  { text: 'DICM', at: 128, is: unread('DICOM') },
  { text: 'n+1\0', at: 344, is: unread('NIfTI', 'Save the array with numpy.save as .npy.') },
  { text: 'MATLAB', is: unread('MATLAB', 'Save the array with numpy.save as .npy.') },
  { text: 'PK\x03\x04', is: unread('zip', 'Send one mask out of the archive.') },
  { text: '\x1f\x8b', is: unread('gzip', 'Send the file uncompressed.') },
  { text: '\x28\xb5\x2f\xfd', is: unread('Zstandard', 'Send the file uncompressed.') },
  { text: 'BZh', is: unread('bzip2', 'Send the file uncompressed.') },
  { text: '\xfd7zXZ', is: unread('xz', 'Send the file uncompressed.') },
]

const pnm = /^P[1-7fF]\s/
const svg = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i

/** Says what a file is by its first bytes. A name or a declared type never has a say. */
export function sniff(bytes: Uint8Array): Sniffed {
  const found = signatures.find((signature) => matches(bytes, signature))
  if (found !== undefined) return found.is
  // A TIFF-like mark of another version, or an npy cut short, is no format of ours.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512)).toString('latin1')
  const text = head.replace(/^\xef\xbb\xbf/, '')
  if (pnm.test(text)) return unread('PNM')
  if (svg.test(text)) return unread('SVG')
  if (/^\s*[[{]/.test(text)) return unread('JSON', annotationHint)
  if (/^\s*<(?:!DOCTYPE\s+html|html)/i.test(text)) return unread('HTML')
  if (/^\s*<[?!a-z]/i.test(text)) return unread('XML', annotationHint)
  return unread('')
}

function matches(bytes: Uint8Array, { text, at = 0 }: Signature): boolean {
  if (bytes.length < at + text.length) return false
  for (let i = 0; i < text.length; i++)
    if (text[i] !== '?' && bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}
