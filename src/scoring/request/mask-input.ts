import { z } from 'zod'
import { listOfFormats } from '../../decoding/mask-formats.ts'
import { parseWith } from '../../json/parse-with.ts'
import { refuseField } from '../../problems/refusal.ts'
import { maskKinds } from './mask-kinds.ts'

/** One mask as it was sent, not read yet. */
export type MaskInput =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly sidecar?: Uint8Array }
  | { readonly kind: 'labels'; readonly data: unknown }
  | { readonly kind: 'probabilities'; readonly data: unknown }
  | {
      readonly kind: 'annotation'
      readonly format: string
      readonly document: Readonly<Record<string, unknown>>
    }

const base64 = z.string().describe('base64 of the file’s bytes')

/** The `Mask` of JSON bodies. Only its own keys are checked here; the reader of its format checks `data`. */
export const maskSchema = z
  .looseObject({
    format: z
      .string()
      .describe('`image`, `labels`, `probabilities`, or an annotation format of GET /v1/formats'),
    data: z
      .unknown()
      .describe(
        `image: base64 of a ${listOfFormats} file; labels: integers, rows of integers, or slices of rows; probabilities: rows of numbers, or rows for each channel; else the tool’s document`,
      ),
    width: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional(),
    height: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional(),
    image: z
      .union([z.string(), z.number()])
      .optional()
      .describe('Which image, where the document holds several'),
    image_data: base64.optional().describe('The PNG that belongs to the document'),
  })
  .describe('A mask, told apart by `format`')
  .meta({ id: 'Mask', oneOf: maskKinds })

/** `Mask` JSON → input; pointers are relative to the mask. */
export function maskInput(value: unknown): MaskInput {
  if (typeof value === 'string')
    throw refuseField(
      'INVALID_ANNOTATION',
      '',
      'A mask in JSON is no text: {"format": "image", "data": "<base64 of the file>"}.',
    ).advising(
      'Send the file as a part of multipart/form-data, or its base64 as `data` with `format` "image".',
    )
  if (Array.isArray(value))
    throw refuseField(
      'INVALID_ANNOTATION',
      '',
      'A mask in JSON is no bare array: {"format": "labels", "data": [[0, 1], [0, 2]]}.',
    ).advising('Put the rows into `data`, and set `format` to "labels".')
  const mask = parseWith(maskSchema, value, { pointer: '', code: 'INVALID_ANNOTATION', what: 'Invalid mask' })
  if (mask.data === undefined) throw refuseField('MISSING_PART', '/data', 'The mask has no `data`.')
  if (mask.format === 'labels') return { kind: 'labels', data: mask.data }
  if (mask.format === 'probabilities') return { kind: 'probabilities', data: mask.data }
  if (mask.format === 'image') return { kind: 'file', bytes: decodeBase64(mask.data, '/data') }
  return { kind: 'annotation', format: mask.format, document: mask }
}

/** Base64 (standard or URL alphabet, padding optional) → bytes; anything else is refused, not skipped. */
export function decodeBase64(text: unknown, pointer: string): Uint8Array {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(text))
    throw refuseField('MALFORMED_JSON', pointer, 'This is not base64.')
  return Buffer.from(text, 'base64')
}
