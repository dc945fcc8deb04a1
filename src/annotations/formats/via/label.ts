import type { JsonNode } from '../../../json/json-node.ts'
import { anyObject, type RegionLabel } from '../../annotated-image.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ViaImage, ViaRegion } from './image.ts'

/** What an attribute that holds the class is called, the likeliest name first. */
const classNames = ['class', 'label', 'category', 'type', 'name', 'object']

/** How many attributes a message lists. */
const maxListed = 20

/**
 * The attribute of regions that is their label: the only one, else the one with a usual name, which is told.
 * Undefined where regions have no attributes.
 * @throws Refusal where regions have several, and none has a usual name
 */
export function labelAttribute(
  images: readonly ViaImage[],
  document: JsonNode,
  { warn }: ReadContext,
): string | undefined {
  const names = new Set(
    images.flatMap(({ regions }) =>
      regions.flatMap(({ attributes }) =>
        attributes.exists ? Object.keys(attributes.object().value as object) : [],
      ),
    ),
  )
  if (names.size < 2) return [...names][0]
  const shown = [...names].slice(0, maxListed).map((name) => `"${name.slice(0, 40)}"`)
  const list = [...shown, ...(names.size > maxListed ? ['…'] : [])].join(', ')
  const usual = classNames.flatMap((usual) => [...names].filter((name) => name.toLowerCase() === usual))
  if (usual.length === 0)
    throw document.refuse(
      `has regions with the attributes ${list}, and it is not certain which is the label: call that one "class"`,
    )
  warn('LABEL_ATTRIBUTE', `Regions have the attributes ${list}; "${usual[0]}" was taken for the label.`)
  return usual[0]
}

/** The label of a region: a text, a number, or of a set of boxes to tick the ticked one. */
export function labelOf(
  { attributes }: ViaRegion,
  attribute: string | undefined,
  context: ReadContext,
): RegionLabel {
  if (attribute === undefined) return anyObject
  const value = attributes.field(attribute)
  const names = value.isObject ? tickedIn(value) : value.exists ? [textOf(value)] : []
  const [name = ''] = names
  if (name === '') return anyObject
  if (names.length > 1)
    context.warn('SEVERAL_LABELS', `${value.pointer} has ${names.length} labels; the first counts.`)
  return { kind: 'name', name }
}

const tickedIn = ({ value }: JsonNode): string[] =>
  Object.entries(value as object).flatMap(([name, isTicked]) => (isTicked === true ? [name] : []))

const textOf = (node: JsonNode): string =>
  typeof node.value === 'number' ? String(node.number()) : node.text().trim()
