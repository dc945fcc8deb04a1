import { Refusal } from '../../problems/refusal.ts'
import { areClassPlanes, classPlanesRefusal, type Planes } from '../class-planes.ts'
import type { StoredNumbers } from '../integral-labels.ts'
import { type Shape, shapeText } from './mask-shape.ts'

const isChannels = (side: number | undefined): side is 3 | 4 => side === 3 || side === 4

/**
 * Why an array of more than two axes is not read as one mask. To score it as a volume is no remedy where it holds one
 * plane per class, or an image in colour.
 * @param axes of the array without those of length 1
 * @param items of the array, where they are all there
 */
export function shapeRefusal(
  shape: Shape,
  axes: Shape,
  fortranOrder: boolean,
  items: () => StoredNumbers | undefined,
): Refusal {
  const named = shapeText(shape)
  if (axes.length > 3)
    return new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The array has the shape ${named}; a mask is (height, width), or (depth, height, width) with \`stack\`: "volume".`,
    ).advising('Save one image, or one volume, as an array of its own.')
  const what = `The array of shape ${named}`
  const stored = items()
  const array = axes.length === shape.length ? 'arr' : 'arr.squeeze()'
  for (const axis of ['first', 'last'] as const) {
    const planes: Planes = { planes: (axis === 'first' ? axes[0] : axes.at(-1)) ?? 0, axis }
    const inMemory = fortranOrder
      ? ({ ...planes, axis: axis === 'first' ? 'last' : 'first' } as const)
      : planes
    if (stored !== undefined && areClassPlanes(stored, inMemory))
      return classPlanesRefusal(what, planes, array)
  }
  const [first, , channels] = axes
  if (isChannels(channels) && first > 4)
    return new Refusal(
      'MULTI_PAGE',
      `${what} looks like an image of ${channels} channels. Save one of them, e.g. \`arr[..., 0]\`, or the image as PNG and set \`color\`.`,
    ).advising('Save the labels as an array of two axes, (height, width).')
  return new Refusal(
    'MULTI_PAGE',
    `The array has the shape ${named}. Save one 2-D slice, or set \`stack\` to "volume" to score (depth, height, width) as one volume.`,
  )
}
