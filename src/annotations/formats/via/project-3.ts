import { JsonNode } from '../../../json/json-node.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ViaImage, ViaRegion } from './image.ts'

/** True for a project of VIA 3. */
export const isViaProject3 = (document: JsonNode): boolean =>
  document.has('project', 'attribute', 'file', 'metadata', 'view')

/**
 * The images of a project of VIA 3. Regions (`metadata`) belong to a view, which shows one file.
 * Regions of a moment of a video are refused; spans of time without a place are left out with a warning.
 * Source: via-3.x.y (CodeDoc, _via_metadata).
 */
export function imagesOfProject3(document: JsonNode, { warn }: ReadContext): ViaImage[] {
  const names = attributeNames(document.field('attribute'))
  const ofView = new Map<string, ViaRegion[]>()
  for (const node of membersOf(document.field('metadata'))) {
    const shape = node.object().field('xy')
    const times = node.field('z')
    if (shape.length === 0) {
      if (times.length > 0)
        warn('REGION_SKIPPED', `${node.pointer} is a span of time without a place and was left out.`)
      continue
    }
    if (times.length > 0) throw times.refuse('is a moment of a video, of which no regions are read')
    const view = String(node.field('vid').value)
    const regions = ofView.get(view) ?? []
    ofView.set(view, regions)
    regions.push({ node, shape, attributes: named(node.field('av'), names) })
  }
  const views = document.field('view').object()
  return Object.keys(views.value as object).map((view) => {
    const files = views.field(view).object().field('fid_list')
    if (files.length !== 1) throw files.refuse('must hold one file: views of several are not read')
    const file = document.field('file').field(String(files.head.value)).object()
    return { names: [file.field('fname').value, view], regions: ofView.get(view) ?? [] }
  })
}

interface Attribute {
  readonly name: string
  /** What stands for the number of an option. */
  readonly options: JsonNode
}

function attributeNames(attributes: JsonNode): Map<string, Attribute> {
  return new Map(
    Object.keys(attributes.object().value as object).map((id) => {
      const attribute = attributes.field(id).object()
      return [id, { name: attribute.field('aname').text(), options: attribute.field('options') }]
    }),
  )
}

/** The attributes of a region by name, with the texts of their options. */
function named(values: JsonNode, names: ReadonlyMap<string, Attribute>): JsonNode {
  if (!values.exists) return values
  const entries = Object.entries(values.object().value as Record<string, unknown>).map(([id, value]) => {
    const known = names.get(id)
    if (!known) throw values.field(id).refuse('is no attribute of the project')
    return [known.name, known.options.field(String(value)).value ?? value]
  })
  return new JsonNode(Object.fromEntries(entries), values.pointer)
}

const membersOf = (node: JsonNode): JsonNode[] =>
  Object.keys(node.object().value as object).map((key) => node.field(key))
