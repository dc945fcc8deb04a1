import { toJson } from './to-json.ts'

/** A mask: bytes of a file, a file, or what a labeling tool writes as an object or an array of objects. */
export type Mask = Blob | ArrayBuffer | Uint8Array | object

/**
 * Every mask is sent as a file: a part without a file name is text to many servers.
 *
 * @throws TypeError for what has no bytes and is no plain object, as a stream or an array of 16-bit numbers: as JSON it would
 *   be something else
 */
export function fileOf(mask: Mask): Blob {
  if (mask instanceof Blob) return mask
  // By their tags, since those of a frame or a test's sandbox are instances of other classes.
  const tag = Object.prototype.toString.call(mask).slice(8, -1)
  if (tag === 'ArrayBuffer') return new Blob([mask as ArrayBuffer])
  if (tag === 'Uint8Array') return new Blob([new Uint8Array(mask as Uint8Array)])
  if (!Array.isArray(mask) && !isPlain(mask))
    throw new TypeError(`A mask is ${nameOfKind(mask, tag)}. ${adviceFor(tag)}`)
  return new Blob([toJson(mask)], { type: 'application/json' })
}

/** The name of a file where it has one. */
export const nameOf = (mask: Mask, fallback: string): string =>
  mask instanceof Blob && 'name' in mask && typeof mask.name === 'string' ? mask.name : fallback

const isPlain = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const nameOfKind = (mask: unknown, tag: string): string =>
  mask === null || mask === undefined ? String(mask) : `a ${mask.constructor?.name ?? tag}`

const adviceFor = (tag: string): string =>
  tag === 'ReadableStream'
    ? '`await new Response(stream).blob()` has its bytes.'
    : 'Give the bytes of a file (a Blob, a File, an ArrayBuffer, a Uint8Array), or an annotation as a plain object.'
