import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { diskRefusal } from '../problems/disk-refusal.ts'
import { Refusal, refuseField } from '../problems/refusal.ts'
import type { BodyPart, PartRule } from '../tasks/task.ts'

/** More than any call takes. */
const maxParts = 64

/**
 * Reads a multipart body into memory. Every part must be known and may not be sent more often than its rule says; a
 * file larger than `maxFileBytes` is refused while it still arrives. `copied` is called after each part with the bytes
 * of the body that are no longer needed.
 *
 * An optional part without a byte counts as absent.
 *
 * @throws Refusal UNEXPECTED_PART, MISSING_PART, INPUT_TOO_LARGE, MALFORMED_MULTIPART
 */
export async function receiveParts(
  request: FastifyRequest,
  rules: Readonly<Record<string, PartRule>>,
  maxFileBytes: number,
  copied: (bytes: number) => void,
): Promise<BodyPart[]> {
  const parts: BodyPart[] = []
  let bytesOfParts = 0
  const isPartAFile = () => true
  const limits = { fileSize: maxFileBytes, files: maxParts, parts: maxParts, fieldNameSize: 200 }
  try {
    for await (const part of request.parts({ limits, isPartAFile } as object)) {
      const file = part as MultipartFile
      const name = String(file.fieldname)
      const rule = partRule(name, rules, parts)
      const bytes = await file.toBuffer()
      // What lies between the parts is more than that: so much of the body has gone in any case.
      bytesOfParts += bytes.length
      copied(bytesOfParts)
      // A form sends the fields that were left empty as well.
      if (rule === 'optional' && bytes.length === 0) continue
      parts.push({ name, ...(file.filename && { filename: file.filename.slice(0, 200) }), bytes })
    }
  } catch (error) {
    throw asRefusal(error, maxFileBytes)
  }
  for (const [name, rule] of Object.entries(rules))
    if (rule === 'once' && !parts.some((part) => part.name === name))
      throw refuseField('MISSING_PART', `/${name}`, `The part \`${name}\` is missing.`)
  return parts
}

/**
 * The rule of a part that arrives.
 * @throws Refusal UNEXPECTED_PART for one that is unknown, or is sent more often than its rule says
 */
export function partRule(
  name: string,
  rules: Readonly<Record<string, PartRule>>,
  before: readonly { readonly name: string }[],
): PartRule {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (!rule) {
    const [short, known] = [name.slice(0, 64), Object.keys(rules).join(', ')]
    throw refuseField('UNEXPECTED_PART', `/${short}`, `The part \`${short}\` is unknown; known are ${known}.`)
  }
  if (rule !== 'many' && before.some((other) => other.name === name))
    throw refuseField('UNEXPECTED_PART', `/${name}`, `The part \`${name}\` is sent twice.`)
  return rule
}

/** What the multipart parser throws, as a refusal. */
export function asRefusal(error: unknown, maxFileBytes: number): unknown {
  // What the disk answers is no fault of the sender, and is told where the log says it.
  if (error instanceof Refusal || diskRefusal(error)) return error
  const { code = '', message } = error as { code?: string; message: string }
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal('INPUT_TOO_LARGE', `A file is larger than the limit of ${maxFileBytes} bytes.`)
  if (code === 'FST_PROTO_VIOLATION')
    return new Refusal('UNEXPECTED_PART', 'A part has a reserved name (such as `__proto__`).')
  if (code.endsWith('_LIMIT'))
    return new Refusal('UNEXPECTED_PART', `The body has too many parts: at most ${maxParts} are read.`)
  const why = reasons.find(([pattern]) => pattern.test(message))?.[1] ?? 'it is not laid out in parts'
  return new Refusal('MALFORMED_MULTIPART', `The body cannot be read: ${why}.`)
}

/** Messages of the multipart parser, and what a sender should look for. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/boundary|needle|content.type/i, 'its Content-Type names no usable boundary'],
  [/end of|terminated early/i, 'it ends before its last boundary'],
  [/header/i, 'a part has headers that cannot be read'],
]
