import type { ShownPixels } from '../../../decoding/png/shown-pixels.ts'
import { decodeText } from '../../../json/decode-text.ts'
import { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import { readPng } from '../../reading/bitmap.ts'
import type { FilesBeside } from '../../reading/files-beside.ts'
import { pickFile } from '../../reading/pick-file.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { type ColourLabels, readLabelMap, vocColours } from './colour-labels.ts'
import { colourRegions } from './colour-regions.ts'

export const segmentationMask: ToolFormat = {
  tool: 'CVAT, Pascal VOC',
  data: 'a zip with the folder SegmentationClass, and labelmap.txt',
  options: ['image'],
  isRecognised: () => false,
  isExport: (names) => names.some((name) => /(^|\/)Segmentation(Class|Object)\//i.test(name)),
  read: readSegmentationMask,
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
 * A PNG whose colours are classes ("Segmentation mask 1.1", Pascal VOC), and beside it one whose colours are objects.
 * What the colours mean says `labelmap.txt`; without it they are VOC's own.
 */
async function readSegmentationMask(_: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const { files, options } = context
  const images = files.names.filter((name) => /(^|\/)SegmentationClass\/.+\.png$/i.test(name))
  const name = pickFile(images, 'mask', options.image)
  const colours = await readColours(files)
  const node = new JsonNode(undefined, `/${name}`)
  const classes = await readPng(await files.read(name), node, context)
  const objectsName = name.replace('SegmentationClass/', 'SegmentationObject/')
  const objects = files.names.includes(objectsName)
    ? await readObjects(await files.read(objectsName), classes, node, context)
    : undefined
  return colourRegions({ node, classes, objects }, colours, context)
}

async function readColours(files: FilesBeside): Promise<ColourLabels> {
  const list = files.names.find((name) => /(^|\/)labelmap\.txt$/i.test(name))
  if (!list) return vocColours()
  return readLabelMap(decodeText(await files.read(list), `/${list}`, 'INVALID_ANNOTATION'))
}

async function readObjects(
  png: Uint8Array,
  { width, height }: ShownPixels,
  node: JsonNode,
  context: ReadContext,
): Promise<ShownPixels> {
  const pixels = await readPng(png, node, context)
  if (pixels.width === width && pixels.height === height) return pixels
  throw node.refuse(
    `has ${width} × ${height} pixels, its image of objects ${pixels.width} × ${pixels.height}`,
  )
}
