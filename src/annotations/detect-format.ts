import { JsonNode } from '../json/json-node.ts'
import { Refusal } from '../problems/refusal.ts'
import type { AnnotationFormat } from './read-options.ts'

/** What only this format's documents have. Texts are told apart by their lines. */
const signs: Record<AnnotationFormat, (document: JsonNode) => boolean> = {
  coco_rle: (document) => has(first(document), 'size', 'counts'),
  coco_polygons: (document) =>
    (first(document).isArray && typeof first(document).item(0).value === 'number') ||
    has(first(document), 'polygons'),
  kaggle_rle: (document) =>
    isText(document, /^\s*\d+ \d+(\s+\d+ \d+)*\s*$/) || isText(first(document).field('rle')),
  encord: (document) =>
    has(first(document), 'data_units') ||
    (has(first(document), 'top', 'left') && isText(first(document).firstOf('rle_string', 'rleString'))),
  cvat_mask: (document) =>
    (document.isArray && typeof document.item(0).value === 'number') || isLabelledPoints(first(document)),
  supervisely: (document) =>
    has(first(document), 'bitmap') ||
    has(first(document), 'alpha_mask') ||
    has(first(document), 'geometryType') ||
    has(document, 'size', 'objects'),
  label_studio: (document) => isLabelStudio(document) || isLabelStudio(first(document)),
  cvat_shapes: (document) =>
    (document.field('shapes').isArray && has(document, 'tracks')) ||
    has(first(document), 'frame', 'label_id') ||
    isText(document, /<annotations[\s>]/),
  labelme: (document) => document.field('shapes').isArray && document.field('imageHeight').exists,
  darwin: (document) => has(document, 'item', 'annotations'),
  yolo_seg: (document) => isText(document, /^\s*\d+( -?[01]?(\.\d+(e-?\d+)?)?){4,}\s*$/m),
  segments_ai: (document) =>
    document.isObject &&
    (has(document, 'segmentation_bitmap') ||
      has(document.field('attributes'), 'segmentation_bitmap') ||
      isIdsOnly(firstOf(document.field('annotations')))),
  coco_panoptic: (document) =>
    has(firstOf(document.field('annotations')), 'segments_info') || has(document, 'segments_info'),
  coco: (document) =>
    isCoco(document) || (document.isArray && has(first(document), 'image_id', 'segmentation')),
}

/**
 * The only format whose signs the document has. Refuses one without any (UNSUPPORTED_FORMAT), and one that
 * could be several (INVALID_ANNOTATION), which are named.
 */
export function detectFormat(data: unknown): AnnotationFormat {
  const document = new JsonNode(data)
  const found = (Object.keys(signs) as AnnotationFormat[]).filter((format) => signs[format](document))
  if (found.length === 1) return found[0]
  if (found.length === 0)
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      'The annotation is of no format that is known by its content: set `format`.',
    )
  throw new Refusal('INVALID_ANNOTATION', `The annotation could be ${found.join(' or ')}: set \`format\`.`)
}

function has(node: JsonNode, ...keys: readonly string[]): boolean {
  return node.isObject && keys.every((key) => node.field(key).exists)
}

function isText(node: JsonNode, pattern = /./): boolean {
  return typeof node.value === 'string' && pattern.test(node.value.slice(0, 4096))
}

/** The first item of a list, or the document itself. */
function first(document: JsonNode): JsonNode {
  return document.isArray ? document.item(0) : document
}

function firstOf(list: JsonNode): JsonNode {
  return list.isArray ? list.item(0) : new JsonNode(undefined)
}

function isLabelledPoints(node: JsonNode): boolean {
  return node.field('points').isArray && !node.field('frame').exists && !node.field('geometryType').exists
}

function isLabelStudio(node: JsonNode): boolean {
  if (node.field('result').isArray || first(node.field('annotation')).field('result').isArray) return true
  if (has(node, 'type', 'value') && node.field('value').isObject) return true
  return [node.field('annotations'), node.field('predictions')].some(
    (list) => firstOf(list).field('result').isArray,
  )
}

function isIdsOnly(annotation: JsonNode): boolean {
  return has(annotation, 'id', 'category_id') && !has(annotation, 'image_id')
}

function isCoco(document: JsonNode): boolean {
  if (!document.field('annotations').isArray) return false
  const annotation = firstOf(document.field('annotations'))
  if (has(annotation, 'segments_info')) return false
  return (
    document.field('images').isArray || has(document, 'image') || has(annotation, 'image_id', 'segmentation')
  )
}
