import { decodeText } from '../../../json/decode-text.ts'
import { JsonNode } from '../../../json/json-node.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import { readPng } from '../../reading/bitmap.ts'
import type { FilesBeside } from '../../reading/files-beside.ts'
import { pickOne } from '../../reading/pick-one.ts'
import type { PngPixels, ReadContext } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { type ColourLabels, readLabelMap, vocColours } from './colour-labels.ts'

/** From so many objects on, CVAT's colours of objects may have begun anew: it numbers them in 8 bits. */
const objectColours = 255

export const segmentationMask: ToolFormat = {
  tool: 'CVAT, Pascal VOC',
  data: 'a zip with the folder SegmentationClass, and labelmap.txt',
  options: ['image'],
  isRecognised: () => false,
  isExport: (names) => names.some((name) => /(^|\/)Segmentation(Class|Object)\//i.test(name)),
  read: readColourMask,
  guides: [
    {
      heading: 'CVAT',
      recipes: [
        {
          intro: '"Segmentation mask 1.1":',
          groundTruth: 'cvat-masks/ground-truth.zip',
          prediction: 'cvat-masks/prediction.zip',
        },
      ],
      notes: [
        "Mask exports have lost the z-order and burnt boxes in. Objects are told apart by `SegmentationObject`; from 255 objects on CVAT's colours repeat (`OBJECTS_MAY_BE_JOINED`).",
      ],
    },
    {
      heading: 'Pascal VOC',
      row: { exports: 'zip with `SegmentationClass`', names: '`labelmap.txt`' },
      intro:
        "A zip with `SegmentationClass` (and `SegmentationObject`); without `labelmap.txt` the colours are VOC's own.",
      recipes: [{ groundTruth: 'voc/ground-truth.zip', prediction: 'voc/prediction.zip' }],
      notes: [
        'Void (224, 224, 192) is label 255: `"ignore_labels": [255]` leaves it out. A single class PNG needs no zip: send it with `"preset": "voc"`.',
      ],
    },
  ],
}

/**
 * A PNG whose colours are classes ("Segmentation mask 1.1", Pascal VOC), and beside it one whose colours are
 * objects. A grey class image holds the number of the class in the list of colours, which is `labelmap.txt`, else
 * VOC's own. A colour that is not in the list is refused (COLOR_NOT_IN_MAP). An object is all pixels of one class
 * and one object colour.
 */
async function readColourMask(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const { files, options } = context
  const images = files.names.filter((name) => /(^|\/)SegmentationClass\/.+\.png$/i.test(name))
  const name = pickOne(document, images, (image) => [image], options.image, 'image', 'mask')
  const colours = await readColours(files)
  const objectsName = name.replace('SegmentationClass/', 'SegmentationObject/')
  const classes = await files.read(name)
  const objects = files.names.includes(objectsName) ? await files.read(objectsName) : undefined
  const place = new JsonNode(undefined, `/${name}`)
  const pixels = await readPng(classes, place, context)
  const { width, height, channels } = pixels
  const numbers = new Map(
    Array.from(colours.keys(), (colour, index) => [channels < 3 ? index : colour, index]),
  )
  const classAt = keyReader(pixels, place)
  const objectAt = objects && keyReader(await readObjects(objects, pixels, place, context), place)
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
        if (label === undefined) throw notInMap(name, pixels, key, at)
        known.set(pair, id)
        context.budget.regions(1, place.pointer)
        found.push({ label, object })
      }
    }
    ids[at] = id
  }
  if (new Set(found.map(({ object }) => object)).size > objectColours)
    context.warn(
      'OBJECTS_MAY_BE_JOINED',
      `${name} has ${objectColours} objects or more, and CVAT numbers their colours in 8 bits: objects of one class may share a colour and count as one.`,
    )
  const labels = [...colours.values()]
  const regions = found.map(({ label, object }): Region => {
    const instance = `class ${label} object ${object}`
    return { label: labels[label], instance, crowd: false, pointer: place.pointer }
  })
  const regionOf = new Map(found.map((_, index) => [index, index]))
  return { width, height, declared: labels, regions, plane: { ids, regionOf } }
}

async function readColours(files: FilesBeside): Promise<ColourLabels> {
  const list = files.names.find((name) => /(^|\/)labelmap\.txt$/i.test(name))
  if (!list) return vocColours()
  return readLabelMap(decodeText(await files.read(list), `/${list}`, 'INVALID_ANNOTATION'))
}

async function readObjects(
  png: Uint8Array,
  { width, height }: PngPixels,
  place: JsonNode,
  context: ReadContext,
): Promise<PngPixels> {
  const pixels = await readPng(png, place, context)
  if (pixels.width === width && pixels.height === height) return pixels
  throw place.refuse(
    `has ${width} × ${height} pixels, its image of objects ${pixels.width} × ${pixels.height}`,
  )
}

/** Reads the grey value or the colour (R · 65536 + G · 256 + B) of a pixel; no copy of the image is made. */
function keyReader({ channels, data }: PngPixels, place: JsonNode): (pixel: number) => number {
  if (channels < 3) return (pixel) => data[pixel * channels]
  if (data instanceof Uint16Array)
    throw place.refuse('has colours of 16 bits a channel, which are no label colours')
  return (pixel) => {
    const at = pixel * channels
    return data[at] * 65536 + data[at + 1] * 256 + data[at + 2]
  }
}

function notInMap(name: string, { width, channels }: PngPixels, key: number, at: number): Refusal {
  const what = channels < 3 ? `value ${key}` : `colour #${key.toString(16).padStart(6, '0')}`
  const [x, y] = [at % width, Math.floor(at / width)]
  return new Refusal('COLOR_NOT_IN_MAP', `${name} has the ${what} at (${x}, ${y}), which is no label's.`)
}
