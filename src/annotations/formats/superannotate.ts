import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { fillEllipse } from '../painting/ellipse-fill.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { checkRing, readFlatRing } from '../painting/polygon-reading.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import type { ToolFormat } from './tool-format.ts'

export const superannotate: ToolFormat = {
  tool: 'SuperAnnotate',
  data: 'the vector JSON of an image: {metadata, instances}',
  options: ['polygon_fill', 'width', 'height'],
  isRecognised: (document) => document.has('metadata', 'instances'),
  read: readSuperannotate,
  guides: [
    {
      heading: 'SuperAnnotate',
      row: { exports: 'vector JSON', names: '`className`' },
      intro: 'The annotation JSON of an image in a vector project (`{metadata, instances}`).',
      recipes: [
        { groundTruth: 'superannotate/ground-truth.json', prediction: 'superannotate/prediction.json' },
      ],
      notes: [
        'Polygons keep their holes (`exclude`). Instances of one class and one group (`groupId` above 0) are one object.',
        'Points, polylines, cuboids, templates and tags have no area and are left out, with a warning.',
      ],
    },
  ],
}

/**
 * The vector JSON of an image. Instances are painted in their order, later ones on top.
 * Source: doc.superannotate.com/docs/vector-json.
 */
function readSuperannotate(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(statedSize(document.field('metadata').object()), context, document)
  const instances = document.field('instances')
  context.budget.regions(instances.length, instances.pointer)
  warnOfOtherPlaces(document, ['instances'], context)
  const regions: Region[] = []
  for (const instance of instances.items()) {
    const paint = readShape(instance.object(), context)
    if (!paint) continue
    const name = instance.field('className').text()
    const group = instance.field('groupId').value
    regions.push({
      label: { kind: 'name', name },
      instance: typeof group === 'number' && group > 0 ? `${name} ${group}` : instance.pointer,
      crowd: false,
      pointer: instance.pointer,
      paint,
    })
  }
  return { ...size, regions }
}

function readShape(instance: JsonNode, context: ReadContext): ((canvas: Canvas) => void) | undefined {
  const type = instance.field('type').text()
  const points = instance.field('points')
  const { polygonFill, budget } = context
  if (type === 'polygon') {
    const holes = instance.field('exclude')
    const rings = [points, ...(holes.exists ? holes.items() : [])].map((ring) => readFlatRing(ring, budget))
    return (canvas) => fillPolygon(canvas, rings, polygonFill)
  }
  const coordinates = (...names: string[]) => names.map((name) => points.field(name).number())
  if (type === 'bbox') {
    const [x1, y1, x2, y2] = coordinates('x1', 'y1', 'x2', 'y2')
    const ring = checkRing(Float64Array.of(x1, y1, x2, y1, x2, y2, x1, y2), points)
    return (canvas) => fillPolygon(canvas, [ring], polygonFill)
  }
  if (type === 'rbbox') {
    const corners = coordinates('x1', 'y1', 'x2', 'y2', 'x3', 'y3', 'x4', 'y4')
    const ring = checkRing(Float64Array.from(corners), points)
    return (canvas) => fillPolygon(canvas, [ring], polygonFill)
  }
  if (type === 'ellipse') {
    const [x, y, radiusX, radiusY, rotation] = ['cx', 'cy', 'rx', 'ry', 'angle'].map((name) =>
      instance.field(name).number(),
    )
    return (canvas) => fillEllipse(canvas, { x, y, radiusX, radiusY, rotation }, polygonFill)
  }
  return skipRegion(instance, type, context)
}
