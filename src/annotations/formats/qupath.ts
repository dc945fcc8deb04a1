import type { JsonNode } from '../../json/json-node.ts'
import { anyObject, type ImageRegions, type Region, type RegionLabel } from '../annotated-image.ts'
import type { ImageSize } from '../image-size.ts'
import type { Ring } from '../painting/canvas.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { readPairRing } from '../painting/polygon-reading.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { pickOne } from '../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import { nameTheUnlabelled } from '../reading/unlabelled.ts'
import { warnOfOutside } from '../reading/warn-of-outside.ts'
import type { ToolFormat } from './tool-format.ts'

const size = { width: 80, height: 64 }

export const qupath: ToolFormat = {
  tool: 'QuPath',
  data: 'GeoJSON: a FeatureCollection, an array of features, or one feature',
  options: ['width', 'height', 'image', 'polygon_fill'],
  isRecognised: ({ first }) =>
    first.field('type').value === 'Feature' ||
    (first.field('type').value === 'FeatureCollection' && first.field('features').isArray),
  read: readQupath,
  polygonFill: 'center',
  guides: [
    {
      heading: 'QuPath',
      row: { exports: 'GeoJSON', names: '`classification`' },
      intro:
        'File → Object data → Export as GeoJSON. GeoJSON does not say how large the image is; coordinates are pixels of the full image, from its upper left corner:',
      recipes: [
        {
          groundTruth: 'qupath/ground-truth.geojson',
          prediction: 'qupath/prediction.geojson',
          options: { ground_truth: size, prediction: size },
          otherLoss: { miLoss: '0.5473', because: 'QuPath fills the pixels whose centre is inside' },
        },
      ],
      notes: [
        'Polygons keep their holes, and the parts of a MultiPolygon are one object. Names of a derived class are joined as QuPath shows them ("Tumor: Positive"); objects without a class are label 1.',
        'Child objects lie on their parents. A cell is painted whole: its nucleus is left out with a warning, as are points and lines.',
        'Objects on several planes of a stack: `image` says which, as `z 0, t 0`.',
        'What lies outside of the given size is left out with the warning `OUTSIDE_IMAGE`: a crop of a slide needs coordinates of its own.',
      ],
    },
  ],
}

/** A feature's place in a stack, its parts, and what it is. */
interface Found {
  readonly feature: JsonNode
  readonly plane: string
  /** The rings of every polygon: the outline, then holes. */
  readonly polygons: readonly (readonly Ring[])[]
}

/**
 * The objects of an image, in the order of the file, children after their parents.
 * Source: qupath-core (io/PathObjectTypeAdapters, io/ROITypeAdapters), QuPath's docs on exporting annotations; RFC 7946.
 */
function readQupath(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(undefined, context, document)
  const found: Found[] = []
  if (document.field('features').exists || !document.field('geometry').exists)
    warnOfOtherPlaces(document, ['features'], context)
  for (const feature of featuresOf(document)) collect(feature, found, context)
  const planes = [...new Set(found.map(({ plane }) => plane))]
  const { image } = context.options
  const wanted = planes.length > 1 ? image : undefined
  const plane =
    planes.length > 0 && pickOne(planes, { place: document, what: 'plane', names: (name) => [name], wanted })
  const regions = found.filter((one) => one.plane === plane).map((one) => regionOf(one, size, context))
  return { ...size, regions: nameTheUnlabelled(regions, context) }
}

/** The features of a collection, of a list of features or collections, or the only one. */
function featuresOf(node: JsonNode): JsonNode[] {
  if (node.isArray) return [...node.items()].flatMap(featuresOf)
  const type = node.object().field('type')
  if (type.value === 'FeatureCollection') return [...node.field('features').items()].flatMap(featuresOf)
  if (type.value !== 'Feature') throw type.refuse('must be Feature or FeatureCollection')
  return [node]
}

function collect(feature: JsonNode, found: Found[], context: ReadContext): void {
  const geometry = feature.object().field('geometry')
  const properties = feature.field('properties')
  if (properties.exists) properties.object()
  warnOfOtherPlaces(feature, ['geometry', 'nucleusGeometry', 'properties', 'features'], context)
  context.budget.regions(1, feature.pointer)
  if (geometry.exists) {
    const polygons = readGeometry(geometry.object(), context)
    if (polygons.length > 0) found.push({ feature, plane: planeOf(geometry), polygons })
  } else if (geometry.value === undefined) throw geometry.refuse('is missing')
  else if (properties.field('objectType').value !== 'root') skipRegion(feature, undefined, context)
  const nucleus = feature.field('nucleusGeometry')
  if (nucleus.exists)
    context.warn(
      'REGION_SKIPPED',
      `${nucleus.pointer} is within the cell, which is painted whole.`,
      'nucleus',
    )
  warnOfOtherPlaces(properties, ['childObjects'], context)
  const children = properties.field('childObjects')
  if (children.exists) for (const child of featuresOf(children)) collect(child, found, context)
}

function planeOf(geometry: JsonNode): string {
  const [z, t] = ['z', 't'].map((axis) => {
    const index = geometry.field('plane').field(axis)
    return index.exists ? index.integer(0) : 0
  })
  return `z ${z}, t ${t}`
}

function readGeometry(geometry: JsonNode, context: ReadContext): (readonly Ring[])[] {
  const type = geometry.field('type')
  const coordinates = geometry.field('coordinates')
  const polygon = (rings: JsonNode) => {
    if (rings.length === 0) throw rings.refuse('has no ring')
    return Array.from(rings.items(), (ring) => readPairRing(ring, context.budget))
  }
  switch (type.text()) {
    case 'Polygon':
      return [polygon(coordinates)]
    case 'MultiPolygon':
      return Array.from(coordinates.items(), polygon)
    case 'GeometryCollection':
      return [...geometry.field('geometries').items()].flatMap((part) => readGeometry(part.object(), context))
    case 'Point':
    case 'MultiPoint':
    case 'LineString':
    case 'MultiLineString':
      skipRegion(geometry, type.value, context)
      return []
    default:
      throw type.refuse(`is "${type.text().slice(0, 40)}", which is no geometry of GeoJSON`)
  }
}

function regionOf({ feature, polygons }: Found, size: ImageSize, context: ReadContext): Region {
  const { pointer } = feature
  warnOfOutside(polygons.flat(), size, feature, context)
  return {
    label: labelOf(feature.field('properties')),
    instance: pointer,
    crowd: false,
    pointer,
    paint: (canvas) => {
      for (const rings of polygons) fillPolygon(canvas, rings, context.polygonFill)
    },
  }
}

/** `{name}`, or the `{names}` of a derived class. */
function labelOf(properties: JsonNode): RegionLabel {
  const classification = properties.field('classification')
  if (!classification.exists) return anyObject
  const names = classification.object().field('names')
  const name = names.exists
    ? Array.from(names.items(), (part) => part.text()).join(': ')
    : classification.field('name').text()
  return { kind: 'name', name }
}
