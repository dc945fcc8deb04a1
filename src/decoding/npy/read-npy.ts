import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { RawMask } from '../finish-mask.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import type { ReadSettings } from '../read-options.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { trailingData } from '../trailing-data.ts'
import { readNpyHeader } from './header.ts'
import { itemType, readItems } from './items.ts'
import { rowMajor } from './row-major.ts'

/**
 * The labels of a NumPy `.npy` file: shape (height, width), or (depth, height, width) as a volume. The claimed
 * shape is held against the limits and the bytes that are there before anything is allocated.
 * @throws Refusal TRUNCATED, CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT, MULTI_PAGE, IMAGE_TOO_LARGE,
 * NEGATIVE_LABEL, NON_INTEGER_LABEL, LABEL_OUT_OF_RANGE
 */
export function readNpy(
  bytes: Uint8Array,
  settings: ReadSettings & { readonly volume: boolean },
  limits: Limits,
): RawMask {
  const { descr, fortranOrder, shape, dataStart } = readNpyHeader(bytes)
  const type = itemType(descr)
  refuseMap(settings, `numbers (${type.name})`)
  const { width, height, depth } = sizeOf(shape, settings.volume)
  refuseTooLarge({ width, height, depth }, Math.max(type.bytes, 4), limits)
  const count = width * height * depth
  const surplus = bytes.length - dataStart - count * type.bytes
  if (surplus < 0)
    throw new Refusal(
      'TRUNCATED',
      `The .npy header claims ${count} items of ${type.bytes} bytes, but ${-surplus} bytes are missing.`,
    )
  const items = readItems(bytes, dataStart, count, type)
  const nameOf = (i: number) => `the item at [${indexOf(i, shape, fortranOrder).join(', ')}]`
  if (type.name === 'bool') refuseOddBooleans(items as Uint8Array, nameOf)
  const stored = integralLabels(items, settings.negative, nameOf)
  const labels = fortranOrder ? rowMajor(stored, shape) : stored
  return {
    map: { width, height, depth, labels },
    format: 'npy',
    encoding: `npy-${type.name}`,
    bits: 8 * type.bytes,
    warnings: trailingData(surplus, 'the array'),
  }
}

function sizeOf(shape: readonly number[], volume: boolean): { width: number; height: number; depth: number } {
  const named = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  if (shape.includes(0)) throw new Refusal('EMPTY_INPUT', `The array has the shape ${named}, so no pixels.`)
  if (shape.length === 2) return { depth: 1, height: shape[0], width: shape[1] }
  if (shape.length === 3 && volume) return { depth: shape[0], height: shape[1], width: shape[2] }
  if (shape.length === 3)
    throw new Refusal(
      'MULTI_PAGE',
      `The array has the shape ${named}. Save one 2-D slice, or set \`stack\` to "volume" to score (depth, height, width) as one volume.`,
    )
  throw new Refusal(
    'UNSUPPORTED_PIXEL_FORMAT',
    `The array has the shape ${named}; a mask is (height, width), or (depth, height, width) with \`stack\`: "volume".`,
  )
}

/** The index along each axis of the item stored at `i`. */
function indexOf(i: number, shape: readonly number[], fortranOrder: boolean): number[] {
  let rest = i
  const sides = fortranOrder ? shape : shape.toReversed()
  const index = sides.map((side) => {
    const along = rest % side
    rest = Math.floor(rest / side)
    return along
  })
  return fortranOrder ? index : index.reverse()
}

function refuseOddBooleans(items: Uint8Array, nameOf: (i: number) => string): void {
  const odd = items.findIndex((item) => item > 1)
  if (odd >= 0)
    throw new Refusal(
      'CORRUPT',
      `The boolean of ${nameOf(odd)} is stored as ${items[odd]}; NumPy stores 0 or 1.`,
    )
}
