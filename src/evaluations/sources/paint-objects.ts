import { decodeMask } from '../../decoding/decode-mask.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { MaskOptions } from '../../scoring/masks/open-mask.ts'

/**
 * Paints masks of single objects into one: the foreground of the k-th, whatever its value, is label k (from 1 on).
 * @param masks each is read when its turn comes, so that one is in memory at a time
 * @return a NumPy file of uint32
 * @throws Refusal INVALID_ANNOTATION where two objects have a pixel in common, SIZE_MISMATCH, and those of `decodeMask`
 */
export async function paintObjects(
  masks: readonly (() => Uint8Array)[],
  options: MaskOptions,
  limits: Limits,
): Promise<Uint8Array> {
  let painted: { labels: Uint32Array; width: number; height: number } | undefined
  for (const [index, read] of masks.entries()) {
    const { map } = await decodeMask(read(), options, limits)
    const { width, height, depth, labels } = map
    if (depth > 1) throw new Refusal('INVALID_ANNOTATION', `Object ${index + 1} is a volume and no image.`)
    painted ??= { labels: new Uint32Array(labels.length), width, height }
    if (painted.width !== width || painted.height !== height)
      throw new Refusal(
        'SIZE_MISMATCH',
        `Object ${index + 1} is ${width} × ${height} pixels, object 1 is ${painted.width} × ${painted.height}.`,
      )
    for (let pixel = 0; pixel < labels.length; pixel++) {
      if (labels[pixel] === 0) continue
      const other = painted.labels[pixel]
      if (other !== 0)
        throw new Refusal(
          'INVALID_ANNOTATION',
          `Objects ${other} and ${index + 1} overlap at column ${pixel % width}, row ${Math.floor(pixel / width)}.`,
        )
      painted.labels[pixel] = index + 1
    }
  }
  if (!painted) throw new Refusal('EMPTY_INPUT', 'The folder holds no mask of an object.')
  return npyOf(painted)
}

const headerBytes = 128

function npyOf({
  labels,
  width,
  height,
}: {
  labels: Uint32Array
  width: number
  height: number
}): Uint8Array {
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, headerBytes - 10, 0])
  const text = `{'descr': '<u4', 'fortran_order': False, 'shape': (${height}, ${width}), }`
  const header = Buffer.concat([start, Buffer.from(`${text.padEnd(headerBytes - start.length - 1)}\n`)])
  return Buffer.concat([header, new Uint8Array(labels.buffer)])
}
