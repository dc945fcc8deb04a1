import { maskFormat } from '../decoding/decode-mask.ts'
import { maskFormats } from '../decoding/mask-formats.ts'
import { sniff } from '../decoding/sniff.ts'
import type { Limits } from '../limits.ts'
import { refuseField } from '../problems/refusal.ts'
import { type AnnotationFormat, formats } from './formats/catalogue.ts'

/** What the first bytes of documents may look like to one who knows masks. */
const mayBeDocument = /^(?:|JSON|XML|a table of numbers|text .*)$/s

/**
 * Refuses what is read as an annotation because the options name a `format`, and is none by its first bytes: a mask, a
 * photo, a page of the web, a pointer of Git LFS.
 */
export function refuseNoDocument(
  bytes: Uint8Array,
  format: AnnotationFormat | undefined,
  limits: Limits,
): void {
  const sniffed = sniff(bytes)
  if ('refused' in sniffed) {
    // The decoder says what it is and what helps.
    if (!mayBeDocument.test(sniffed.name)) maskFormat(bytes, limits)
    return
  }
  const { name } = maskFormats[sniffed.format]
  if (sniffed.format === 'png' && format && formats[format].needsPng)
    throw refuseField(
      'MISSING_PART',
      '_json',
      `A PNG as ${format} is the half of an annotation: send its JSON as the part of this name with \`_json\` behind it.`,
    )
  const message = `The file is a ${name} and no document of ${format}: leave \`format\` out to read it as a mask.`
  throw refuseField('INVALID_ANNOTATION', '', message).advising(
    'Leave `format` out of the options of this side, or send the document.',
  )
}
