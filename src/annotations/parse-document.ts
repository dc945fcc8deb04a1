import { decodeText, textBeginning } from '../json/decode-text.ts'
import { jsonLines } from '../json/json-lines.ts'
import { JsonNode } from '../json/json-node.ts'
import { parseJson } from '../json/parse-json.ts'
import type { Limits } from '../limits.ts'
import type { ProblemCode } from '../problems/catalogue.ts'
import { type AnnotationFormat, formats } from './formats/catalogue.ts'
import type { ToolFormat } from './formats/tool-format.ts'

/** A document's JSON value, or its text where it is none and its format, or no format, allows that. */
export function parseDocument(
  source: Uint8Array | string,
  format: AnnotationFormat | undefined,
  limits: Limits,
): unknown {
  const text = typeof source === 'string' ? source : decodeText(source, '', codeOf(source))
  const mayBeText = format === undefined || formats[format].mayBeText
  if (mayBeText && !isJson.test(text)) return text
  return parseLines(text, format, limits) ?? parseJson(text, limits.maxJsonDepth)
}

/** The rows of a text with one JSON object a line; undefined for others, and where no format is known by the first. */
function parseLines(
  text: string,
  format: AnnotationFormat | undefined,
  { maxJsonDepth }: Limits,
): unknown[] | undefined {
  const lines = jsonLines(text)
  if (!lines) return undefined
  const first = new JsonNode([parseJson(lines[0], maxJsonDepth, '/0')])
  const asked = Object.values<ToolFormat>(format ? [formats[format]] : formats)
  if (!asked.some(({ mayBeLines, isRecognised }) => mayBeLines && isRecognised(first))) return undefined
  return lines.map((line, index) => parseJson(line, maxJsonDepth, `/${index}`))
}

const isJson = /^\s*[[{]/

const codeOf = (bytes: Uint8Array): ProblemCode =>
  isJson.test(textBeginning(bytes)) ? 'MALFORMED_JSON' : 'INVALID_ANNOTATION'
