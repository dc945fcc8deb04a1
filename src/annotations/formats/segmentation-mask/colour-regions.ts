import type { ShownPixels } from '../../../decoding/png/shown-pixels.ts'
import type { JsonNode } from '../../../json/json-node.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ColourLabels } from './colour-labels.ts'

/** CVAT numbers the colours of objects in 8 bits: with more objects than that, colours may have begun anew. */
const maxObjectColours = 255

interface ColourImages {
  /** The path of the class image in its zip, for refusals. */
  readonly node: JsonNode
  readonly classes: ShownPixels
  /** An image of the same size whose colours tell the objects of a class apart. */
  readonly objects: ShownPixels | undefined
}

/**
 * The regions of an image whose colours are classes: an object is all pixels of one class and one object colour.
 * A grey class image holds the position of the class in the list of colours.
 * @throws Refusal COLOR_NOT_IN_MAP for a colour that is not in the list
 */
export function colourRegions(
  { node, classes, objects }: ColourImages,
  colours: ColourLabels,
  context: ReadContext,
): ImageRegions {
  const { width, height, channels } = classes
  const numbers = new Map(
    Array.from(colours.keys(), (colour, index) => [channels < 3 ? index : colour, index]),
  )
  const classAt = keyReader(classes, node)
  const objectAt = objects && keyReader(objects, node)
  const ids = new Uint32Array(width * height)
  const found: { readonly label: number; readonly object: number }[] = []
  const known = new Map<number, number>()
  let last = -1
  let id = 0
  for (let at = 0; at < ids.length; at++) {
    const key = classAt(at)
    const object = objectAt ? objectAt(at) : 0
    // Class and object in one number: both have 24 bits.
    const pair = key * 2 ** 24 + object
    if (pair !== last) {
      last = pair
      id = known.get(pair) ?? found.length
      if (id === found.length) {
        const label = numbers.get(key)
        if (label === undefined) throw notInMap(node, classes, key, at)
        known.set(pair, id)
        context.budget.regions(1, node.pointer)
        found.push({ label, object })
      }
    }
    ids[at] = id
  }
  if (new Set(found.map(({ object }) => object)).size > maxObjectColours)
    context.warn(
      'OBJECTS_MAY_BE_JOINED',
      `${nameOf(node)} has ${maxObjectColours} objects or more, and CVAT numbers their colours in 8 bits: objects of one class may share a colour and count as one.`,
    )
  const labels = [...colours.values()]
  const regions = found.map(({ label, object }): Region => {
    const instance = `class ${label} object ${object}`
    return { label: labels[label], instance, crowd: false, pointer: node.pointer }
  })
  const regionOf = new Map(found.map((_, index) => [index, index]))
  return { width, height, declared: labels, regions, plane: { ids, regionOf } }
}

/** Reads the grey value or the colour (R · 65536 + G · 256 + B) of a pixel; no copy of the image is made. */
function keyReader({ channels, data }: ShownPixels, node: JsonNode): (pixel: number) => number {
  if (channels < 3) return (pixel) => data[pixel * channels]
  if (data instanceof Uint16Array)
    throw node.refuse('has colours of 16 bits a channel, which are no label colours')
  return (pixel) => {
    const at = pixel * channels
    return data[at] * 65536 + data[at + 1] * 256 + data[at + 2]
  }
}

function notInMap(node: JsonNode, { width, channels }: ShownPixels, key: number, at: number): Refusal {
  const what = channels < 3 ? `value ${key}` : `colour #${key.toString(16).padStart(6, '0')}`
  const [x, y] = [at % width, Math.floor(at / width)]
  return new Refusal(
    'COLOR_NOT_IN_MAP',
    `${nameOf(node)} has the ${what} at (${x}, ${y}), which is no label's.`,
  )
}

const nameOf = ({ pointer }: JsonNode): string => pointer.slice(1)
