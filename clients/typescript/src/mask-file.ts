/** A mask: bytes of a file, a file, or what a labeling tool writes as an object. */
export type Mask = Blob | ArrayBuffer | Uint8Array | object

/**
 * Every mask is sent as a file: a part without a file name is text to many servers.
 *
 * @throws TypeError for what has no bytes and is no plain object, as a stream or an array of 16-bit numbers: as JSON it would
 *   be something else
 */
export function fileOf(mask: Mask): Blob {
  if (mask instanceof Blob) return mask
  if (mask instanceof ArrayBuffer) return new Blob([mask])
  if (mask instanceof Uint8Array) return new Blob([new Uint8Array(mask)])
  const prototype: unknown = Object.getPrototypeOf(mask)
  if (!Array.isArray(mask) && prototype !== null && prototype !== Object.prototype) {
    const advice =
      mask instanceof ReadableStream
        ? '`await new Response(stream).blob()` has its bytes.'
        : 'Give the bytes of a file (a Blob, a File, an ArrayBuffer, a Uint8Array), or an annotation as a plain object.'
    throw new TypeError(`A mask is a ${mask.constructor.name}. ${advice}`)
  }
  return new Blob([JSON.stringify(mask)], { type: 'application/json' })
}

/** The name of a file where it has one. */
export const nameOf = (mask: Mask, fallback: string): string =>
  mask instanceof Blob && 'name' in mask && typeof mask.name === 'string' ? mask.name : fallback
