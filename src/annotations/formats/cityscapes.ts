import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region } from '../annotated-image.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { readPairRing } from '../painting/polygon-reading.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import type { ToolFormat } from './tool-format.ts'

export const cityscapes: ToolFormat = {
  tool: 'Cityscapes',
  data: 'the *_polygons.json of an image: {imgWidth, imgHeight, objects}',
  options: ['polygon_fill', 'crowd', 'width', 'height'],
  isRecognised: (document) => document.has('imgWidth', 'imgHeight') && document.field('objects').isArray,
  read: readCityscapes,
  polygonFill: 'inclusive',
  guides: [
    {
      heading: 'Cityscapes',
      row: { exports: '`*_gtFine_polygons.json`', names: '`label`' },
      intro: 'The polygons of an image, as Cityscapes and its label tool write them.',
      recipes: [
        {
          groundTruth: 'cityscapes/ground-truth.json',
          prediction: 'cityscapes/prediction.json',
          otherLoss: { miLoss: '0.5699', because: 'outlines belong to their shapes, as json2labelImg draws' },
        },
      ],
      notes: [
        'Drawn as json2labelImg does: in the order of the file, objects that are `deleted` left out. A `license plate` has no label there and is left out with a warning; `unlabeled` is label 0.',
        'A name such as `cargroup` is a crowd of `car`, for the classes that Cityscapes counts objects of.',
        'Names are numbered like those of every tool. Against label images in Cityscapes\' own ids, `classes` says them: `{"7": "road", "8": "sidewalk", "26": "car", …}`.',
      ],
    },
  ],
}

/** The classes of which Cityscapes counts objects. */
const things: ReadonlySet<string> = new Set([
  'person',
  'rider',
  'car',
  'truck',
  'bus',
  'caravan',
  'trailer',
  'train',
  'motorcycle',
  'bicycle',
])

/** The classes that are scored as areas, and what Cityscapes draws beside them. */
const stuff: ReadonlySet<string> = new Set([
  'road',
  'sidewalk',
  'parking',
  'rail track',
  'building',
  'wall',
  'fence',
  'guard rail',
  'bridge',
  'tunnel',
  'pole',
  'polegroup',
  'traffic light',
  'traffic sign',
  'vegetation',
  'terrain',
  'sky',
])

const group = /group$/

/**
 * The polygons of an image, later objects over earlier ones. A group of a class with objects (`cargroup`) is a crowd.
 * Source: cityscapesScripts (helpers/annotation, helpers/labels, preparation/json2labelImg and json2instanceImg).
 */
function readCityscapes(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(statedSize(document.object(), 'imgWidth', 'imgHeight'), context, document)
  const objects = document.field('objects')
  context.budget.regions(objects.length, objects.pointer)
  warnOfOtherPlaces(document, ['objects'], context)
  const regions: Region[] = []
  for (const object of objects.items()) {
    const region = readObject(object.object(), context)
    if (region) regions.push(region)
  }
  return { ...size, regions }
}

function readObject(object: JsonNode, context: ReadContext): Region | undefined {
  const { pointer } = object
  const deleted = object.field('deleted').value
  if (deleted === 1 || deleted === true) return undefined
  const label = object.field('label').text()
  const skip = (why: string): undefined => {
    context.warn('REGION_SKIPPED', `${pointer} is ${why} and was left out.`, why)
  }
  if (label === 'license plate') return skip('a license plate, which has no label in Cityscapes')
  const polygon = object.field('polygon')
  if (!polygon.exists) return skip('a box without a polygon')
  const ring = readPairRing(polygon, context.budget)
  const single = label.replace(group, '')
  const crowd = group.test(label) && things.has(single)
  const name = crowd ? single : label
  return {
    label: name === 'unlabeled' ? { kind: 'value', value: 0, name } : { kind: 'name', name },
    instance: pointer,
    crowd,
    ...((things.has(name) || stuff.has(name)) && { isThing: things.has(name) }),
    pointer,
    paint: (canvas) => fillPolygon(canvas, [ring], context.polygonFill),
  }
}
