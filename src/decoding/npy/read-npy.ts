import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { maxItems } from '../class-planes.ts'
import type { RawMask } from '../finish-mask.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import type { ReadSettings } from '../read-options.ts'
import { refuseTooLarge, refuseTooManyPixels } from '../size-limits.ts'
import { trailingData } from '../trailing-data.ts'
import { readNpyHeader } from './header.ts'
import { itemType, readItems } from './items.ts'
import { maskShape, shapeText } from './mask-shape.ts'
import { rowMajor } from './row-major.ts'
import { shapeRefusal } from './shape-refusal.ts'

/**
 * The labels of a NumPy `.npy` file: shape (height, width), or (depth, height, width) as a volume, with further axes of
 * length 1; one axis is a list of labels. The claimed shape is held against the limits and the bytes that are there
 * before anything is allocated.
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
  if (shape.length === 0)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The array has no axes: it is one number, and no mask.',
    ).advising('Save the mask as an array of two axes, (height, width).')
  if (shape.includes(0))
    throw new Refusal('EMPTY_INPUT', `The array has the shape ${shapeText(shape)}, so no pixels.`)
  const count = shape.reduce((product, side) => product * side, 1)
  const surplus = bytes.length - dataStart - count * type.bytes
  const axes = maskShape(shape, settings.volume)
  if (axes.length > (settings.volume ? 3 : 2))
    throw shapeRefusal(shape, axes, fortranOrder, () =>
      surplus >= 0 && count <= maxItems ? readItems(bytes, dataStart, count, type) : undefined,
    )
  const [width, height = 1, depth = 1] = axes.toReversed()
  const itemBytes = Math.max(type.bytes, 4)
  // A list of labels has no sides.
  if (axes.length === 1) refuseTooManyPixels({ width, height, depth }, itemBytes, limits)
  else refuseTooLarge({ width, height, depth }, itemBytes, limits)
  if (surplus < 0)
    throw new Refusal(
      'TRUNCATED',
      `The .npy header claims ${count} items of ${type.bytes} bytes, but ${-surplus} bytes are missing.`,
    )
  const items = readItems(bytes, dataStart, count, type)
  const nameOf = (i: number) => `the item at [${indexOf(i, shape, fortranOrder).join(', ')}]`
  if (type.name === 'bool') refuseOddBooleans(items as Uint8Array, nameOf)
  const stored = integralLabels(items, settings.negative, nameOf)
  const labels = fortranOrder ? rowMajor(stored, [depth, height, width]) : stored
  return {
    map: { width, height, depth, labels },
    format: 'npy',
    encoding: `npy-${type.name}`,
    bits: 8 * type.bytes,
    warnings: trailingData(surplus, 'the array'),
  }
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
