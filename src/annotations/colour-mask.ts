import { Refusal } from '../problems.ts'
import type { ImageRegions, Region } from './annotated-image.ts'
import { readPng } from './bitmap.ts'
import type { ColourLabels } from './colour-labels.ts'
import { JsonNode } from './json-node.ts'
import type { PngPixels, ReadContext } from './read-context.ts'

/**
 * A PNG whose colours are classes ("Segmentation mask 1.1", Pascal VOC). A grey image holds the number of the
 * class in the list of colours. A colour that is not in the list is refused (COLOR_NOT_IN_MAP).
 */
export async function readColourMask(
  png: Uint8Array,
  colours: ColourLabels,
  name: string,
  context: ReadContext,
): Promise<ImageRegions> {
  const pixels = await readPng(png, new JsonNode(undefined, `/${name}`), context)
  const { width, height, channels } = pixels
  const keys = channels < 3 ? [...colours.keys()].map((_, index) => index) : [...colours.keys()]
  const regionOf = new Map(keys.map((key, index) => [key, index]))
  const regions = Array.from(colours.values(), (label, index): Region => {
    return { label, instance: String(keys[index]), crowd: false, pointer: `/${name}` }
  })
  return { width, height, regions, plane: { ids: keysOf(pixels, regionOf, name), regionOf } }
}

function keysOf(
  { width, height, channels, data }: PngPixels,
  known: ReadonlyMap<number, number>,
  name: string,
): Uint32Array {
  const keys = new Uint32Array(width * height)
  let last = -1
  for (let pixel = 0; pixel < keys.length; pixel++) {
    const at = pixel * channels
    const key = channels < 3 ? data[at] : data[at] * 65536 + data[at + 1] * 256 + data[at + 2]
    if (key !== last && !known.has(key)) {
      const what = channels < 3 ? `value ${key}` : `colour #${key.toString(16).padStart(6, '0')}`
      const [x, y] = [pixel % width, Math.floor(pixel / width)]
      throw new Refusal('COLOR_NOT_IN_MAP', `${name} has the ${what} at (${x}, ${y}), which is no label's.`)
    }
    last = key
    keys[pixel] = key
  }
  return keys
}
