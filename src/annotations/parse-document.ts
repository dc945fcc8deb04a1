import { decodeText, textBeginning } from '../json/decode-text.ts'
import { parseJson } from '../json/parse-json.ts'
import type { Limits } from '../limits.ts'
import type { ProblemCode } from '../problems/catalogue.ts'
import { type AnnotationFormat, formats } from './formats/catalogue.ts'

/** A document's JSON value, or its text where it is none and its format, or no format, allows that. */
export function parseDocument(
  source: Uint8Array | string,
  format: AnnotationFormat | undefined,
  limits: Limits,
): unknown {
  const text = typeof source === 'string' ? source : decodeText(source, '', codeOf(source))
  const mayBeText = format === undefined || formats[format].mayBeText
  return mayBeText && !isJson.test(text) ? text : parseJson(text, limits.maxJsonDepth)
}

const isJson = /^\s*[[{]/

const codeOf = (bytes: Uint8Array): ProblemCode =>
  isJson.test(textBeginning(bytes)) ? 'MALFORMED_JSON' : 'INVALID_ANNOTATION'
