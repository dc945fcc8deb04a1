import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { readNpyHeader } from '../npy/header.ts'
import { itemType, readItems } from '../npy/items.ts'
import { shapeText } from '../npy/mask-shape.ts'
import { trailingData } from '../trailing-data.ts'
import { inRowMajorOrder } from './in-row-major-order.ts'
import { refuseTooManyBytes } from './refuse-too-many-bytes.ts'
import { isArrayType, type StoredArray } from './stored-array.ts'

/** Axes of a batch, a channel and a volume, and one more. */
const maxAxes = 6

/** @throws Refusal TRUNCATED, CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT, IMAGE_TOO_LARGE */
export function readNpyArray(bytes: Uint8Array, limits: Limits): StoredArray {
  const { descr, fortranOrder, shape, dataStart } = readNpyHeader(bytes)
  const item = itemType(descr)
  const { name: type } = item
  if (!isArrayType(type))
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The array is of ${type}; probabilities are stored as floats, as uint8 (255 is 1), uint16 (65535 is 1) or bool.`,
    ).advising('Save the probabilities as `.astype("float32")`.')
  if (shape.length === 0 || shape.length > maxAxes)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The array has ${shape.length} axes; a probability map has those of the mask and one of channels.`,
    ).advising('Save the probabilities of one image as (channels, height, width).')
  if (shape.includes(0))
    throw new Refusal('EMPTY_INPUT', `The array has the shape ${shapeText(shape)}, so no pixels.`)
  const count = shape.reduce((product, side) => product * side, 1)
  refuseTooManyBytes(count * item.bytes * (fortranOrder ? 2 : 1), `${shapeText(shape)} of ${type}`, limits)
  const surplus = bytes.length - dataStart - count * item.bytes
  if (surplus < 0)
    throw new Refusal(
      'TRUNCATED',
      `The .npy header claims ${count} items of ${item.bytes} bytes, but ${-surplus} bytes are missing.`,
    )
  const items = readItems(bytes, dataStart, count, item)
  return {
    items: fortranOrder && shape.length > 1 ? inRowMajorOrder(items, shape) : items,
    shape,
    type,
    format: 'npy',
    warnings: trailingData(surplus, 'the array'),
  }
}
