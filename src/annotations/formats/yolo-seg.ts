import { JsonNode } from '../../json/json-node.ts'
import { maxLabel } from '../../labels/label-range.ts'
import type { ImageRegions, Region } from '../annotated-image.ts'
import type { ImageSize } from '../image-size.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { checkRing } from '../painting/polygon-reading.ts'
import { rotatedBox } from '../painting/rotated-box.ts'
import { type ReadContext, sizeOfImage } from '../reading/read-context.ts'
import type { ToolFormat } from './tool-format.ts'

export const yoloSeg: ToolFormat = {
  tool: 'YOLO, Ultralytics',
  data: 'lines of "class x y x y …"',
  options: ['width', 'height', 'polygon_fill'],
  isRecognised: (document) => document.matches(/^\s*\d+( -?[01]?(\.\d+(e-?\d+)?)?){4,}\s*$/m),
  mayBeText: true,
  documentsIn: labelFiles,
  isProject: (names) =>
    labelFiles(names).length > 0 &&
    names.some((name) => /(?:^|\/)(?:[^/]*\.ya?ml|obj\.(?:names|data)|classes\.txt)$/i.test(name)) &&
    !names.some((name) => /\.(?:json|xml)$/i.test(name)),
  read: readYoloSeg,
  guides: [
    {
      heading: 'YOLO',
      row: { alsoOf: 'Ultralytics', exports: 'label text', names: '`classes`' },
      intro:
        "The label file of one image, or the zip of a project, of which `image` names the image. It says neither the image's size nor its classes:",
      recipes: [
        {
          groundTruth: 'yolo/ground-truth.txt',
          prediction: 'yolo/prediction.txt',
          options: {
            classes: ['cell', 'leaf'],
            ground_truth: { format: 'yolo_seg', width: 80, height: 64 },
            prediction: { format: 'yolo_seg', width: 80, height: 64 },
          },
        },
      ],
      notes: [
        'Class 0 cannot be label 0, which unpainted pixels have: it moves, with its name, and `options.classes` says where (`CATEGORY_RENUMBERED`). Coordinates are shares of the width and height; a file with pixels is refused. Holes joined by a bridge stay holes. Five numbers a line are a box; a last one more is a confidence.',
      ],
    },
  ],
}

/** The label files of a zip: one text for each image. Lists of images and of classes stand beside them. */
function labelFiles(names: readonly string[]): readonly string[] {
  return names.filter(
    (name) =>
      /\.txt$/i.test(name) &&
      !/(?:^|\/)(?:classes|labels|labelmap|train|val|valid|test|readme[^/]*|notes|requirements|license)\.txt$/i.test(
        name,
      ),
  )
}

/**
 * A line for every object, `class x y x y …` from 0 to 1 of the width and height. Four numbers
 * after the class are a box: middle, width and height. An even count of tokens ends with a confidence.
 * Class numbers are categories: class 0 moves, as unpainted pixels have label 0.
 */
function readYoloSeg(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(undefined, context, document)
  const regions: Region[] = []
  document
    .text()
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return
      const pointer = `/${index}`
      context.budget.regions(1, pointer)
      regions.push(readLine(new JsonNode(line.trim(), pointer), size, context))
    })
  return { ...size, regions }
}

function readLine(line: JsonNode, size: ImageSize, context: ReadContext): Region {
  const { pointer } = line
  const tokens = line.text().split(/\s+/)
  context.budget.vertices(Math.ceil(tokens.length / 2), pointer)
  const numbers = tokens.map(Number)
  if (Number.isNaN(numbers[0]))
    throw line.refuse(`begins with "${tokens[0].slice(0, 40)}", which is no class`)
  const id = new JsonNode(numbers[0], pointer).integer(0, maxLabel)
  const hasConfidence = tokens.length % 2 === 0
  const ring = toRing(numbers.slice(1, hasConfidence ? -1 : undefined), size, line)
  return {
    label: { kind: 'category', id },
    instance: pointer,
    crowd: false,
    pointer,
    paint: (canvas) => fillPolygon(canvas, [ring], context.polygonFill),
  }
}

/** A shape may reach over the edge, but not by half an image: then its coordinates are pixels or per cent. */
const [leastShare, greatestShare] = [-0.5, 1.5]

function toRing(shares: readonly number[], { width, height }: ImageSize, line: JsonNode): Float64Array {
  if (!shares.every(Number.isFinite)) throw line.refuse('has a token that is no number')
  const outside = shares.find((share) => share < leastShare || share > greatestShare)
  if (outside !== undefined)
    throw line.refuse(
      `has the coordinate ${outside}: YOLO has shares of the width and height, from 0 to 1; divide pixels by them`,
    )
  const pixels = shares.map((share, at) => share * (at % 2 ? height : width))
  if (pixels.length !== 4) return checkRing(Float64Array.from(pixels), line)
  const [x, y, w, h] = pixels
  return checkRing(rotatedBox(x - w / 2, y - h / 2, x + w / 2, y + h / 2, 0, x, y), line)
}
