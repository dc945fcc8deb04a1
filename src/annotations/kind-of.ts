import { isZip } from '../decoding/is-zip.ts'
import { webLanguage } from '../decoding/web-language.ts'
import { textBeginning } from '../json/decode-text.ts'
import type { AnnotationOptions } from './annotation-options.ts'

/**
 * What a file is by its first bytes: a zip, an annotation (JSON, XML, a table, or whatever `format` says), or else a mask,
 * which its decoder looks at more closely.
 */
export function kindOf(
  bytes: Uint8Array,
  { format }: Pick<AnnotationOptions, 'format'>,
): 'mask' | 'annotation' | 'zip' {
  if (isZip(bytes)) return 'zip'
  if (format !== undefined) return 'annotation'
  if (beginsNoText(bytes)) return 'mask'
  const text = textBeginning(bytes)
  if (isTable.test(text)) return 'annotation'
  // A page of the web is none, nor is what describes a Zarr; the decoder says what it is.
  if (/"zarr_format"\s*:/.test(text)) return 'mask'
  return /^\s*[[{<]/.test(text) && webLanguage(text) === undefined ? 'annotation' : 'mask'
}

/** No character of UTF-8 begins with such a byte; PNG and NumPy files do. Reading each of them as text would take time. */
const beginsNoText = ([first]: Uint8Array): boolean => first >= 0x80 && first < 0xc0

/** The heading of a table of regions, as VGG Image Annotator exports it. */
const isTable = /^#?filename,/
