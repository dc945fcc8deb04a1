import { JsonNode } from '../../../json/json-node.ts'
import type { XmlElement } from '../../reading/parse-xml.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { CvatShape } from './shape.ts'

/** A shape element, its attributes turned into the numbers that CVAT's API has for the same shape. */
export function xmlShape(
  element: XmlElement,
  label: string,
  pointer: string,
  context: ReadContext,
): CvatShape {
  const { name, attributes } = element
  const node = new JsonNode(undefined, pointer)
  const number = (key: string): number => {
    const value = Number(attributes[key] ?? Number.NaN)
    if (!Number.isFinite(value)) throw node.refuse(`has no number as its "${key}"`)
    return value
  }
  const optional = (key: string): number => (attributes[key] === undefined ? 0 : number(key))
  return {
    type: name === 'box' ? 'rectangle' : name,
    label: { kind: 'name', name: label },
    points: new JsonNode(pointsOf(name, attributes, number, node, context), pointer),
    rotation: optional('rotation'),
    zOrder: optional('z_order'),
    group: optional('group_id'),
    pointer,
  }
}

function pointsOf(
  name: string,
  attributes: Readonly<Record<string, string>>,
  number: (key: string) => number,
  node: JsonNode,
  { budget }: ReadContext,
): number[] {
  switch (name) {
    case 'mask': {
      const { rle = '' } = attributes
      budget.expect('runs', partsOf(rle, ','), node.pointer)
      const left = number('left')
      const top = number('top')
      return [
        ...splitNumbers(rle, ',', node),
        left,
        top,
        left + number('width') - 1,
        top + number('height') - 1,
      ]
    }
    case 'polygon': {
      const { points = '' } = attributes
      budget.expect('vertices', partsOf(points, ';'), node.pointer)
      return points.split(';').flatMap((vertex) => {
        const pair = splitNumbers(vertex, ',', node)
        if (pair.length !== 2) throw node.refuse(`has the vertex "${vertex.slice(0, 40)}", which is no "x,y"`)
        return pair
      })
    }
    case 'box':
      return [number('xtl'), number('ytl'), number('xbr'), number('ybr')]
    case 'ellipse':
      return [number('cx'), number('cy'), number('cx') + number('rx'), number('cy') - number('ry')]
    default:
      return []
  }
}

/** How many parts a list has, without taking it apart. */
function partsOf(list: string, separator: string): number {
  let parts = 1
  for (let at = list.indexOf(separator); at >= 0; at = list.indexOf(separator, at + 1)) parts++
  return parts
}

function splitNumbers(list: string, separator: string, node: JsonNode): number[] {
  return list.split(separator).map((item) => {
    const value = item.trim() === '' ? Number.NaN : Number(item)
    if (Number.isNaN(value)) throw node.refuse(`has "${item.slice(0, 40)}" in the place of a number`)
    return value
  })
}
