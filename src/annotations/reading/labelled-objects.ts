import type { JsonNode } from '../../json/json-node.ts'
import { maxLabel } from '../../labels/label-range.ts'
import { anyObject, type Region, type RegionLabel } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import type { ReadContext } from './read-context.ts'
import { nameTheUnlabelled } from './unlabelled.ts'

/**
 * The regions of a format that knows single objects only: the document is one object, which is label 1, or an
 * array of objects that each carry a `label` (a name, or an integer that is the label).
 */
export function readObjects(
  document: JsonNode,
  context: ReadContext,
  read: (object: JsonNode) => (canvas: Canvas) => void,
): readonly Region[] {
  if (isEmptyList(document)) return []
  if (!isListOfObjects(document)) return [region(document, anyObject, read)]
  context.budget.regions(document.length, document.pointer)
  refuseSeveralImages(document)
  const regions = Array.from(document.items(), (object) => region(object, labelOf(object.object()), read))
  return nameTheUnlabelled(regions, context)
}

/** A list without objects is an image without any. */
export function isEmptyList(document: JsonNode): boolean {
  return document.isArray && document.length === 0
}

export function isListOfObjects(document: JsonNode): boolean {
  return document.isArray && document.length > 0 && document.item(0).isObject
}

function region(
  node: JsonNode,
  label: RegionLabel,
  read: (object: JsonNode) => (canvas: Canvas) => void,
): Region {
  return { label, instance: node.pointer, crowd: false, pointer: node.pointer, paint: read(node) }
}

function labelOf(object: JsonNode): RegionLabel {
  const label = object.field('label')
  if (!label.exists) return anyObject
  if (typeof label.value === 'string') return { kind: 'name', name: label.value }
  return { kind: 'value', value: label.integer(0, maxLabel) }
}

/** The objects of a list are of one image, or some are not of this one. */
function refuseSeveralImages(list: JsonNode): void {
  const image = (object: JsonNode) => object.firstOf('image_id', 'ImageId', 'frame').value ?? undefined
  const first = image(list.item(0))
  for (const object of list.items())
    if (image(object) !== first)
      throw object.refuse('is of another image than the objects before it: send those of one')
}
