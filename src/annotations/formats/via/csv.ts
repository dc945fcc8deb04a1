import { JsonNode } from '../../../json/json-node.ts'
import { parseJson } from '../../../json/parse-json.ts'
import { parseCsv } from '../../reading/parse-csv.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'
import type { ViaImage, ViaRegion } from './image.ts'

const heading = /^#?filename,/

/** True for the table of regions that VIA 1 and 2 export. */
export const isViaCsv = (document: JsonNode): boolean => document.matches(heading)

/** A row for every region; an image without any has one row, whose shape is empty. */
export function imagesOfCsv(document: JsonNode, context: ReadContext): ViaImage[] {
  const [head = [], ...rows] = tableOf(document)
  const column = (name: string): number => {
    const index = head.indexOf(name)
    if (index < 0) throw document.refuse(`has no column "${name}"`)
    return index
  }
  const shapes = column('region_shape_attributes')
  const attributes = column('region_attributes')
  const byName = new Map<string, ViaRegion[]>()
  rows.forEach((cells, index) => {
    const node = new JsonNode(cells, `/${index + 1}`)
    if (cells.length !== head.length)
      throw node.refuse(`has ${cells.length} cells, but the table has ${head.length} columns`)
    const cell = (at: number) => {
      const pointer = `${node.pointer}/${head[at]}`
      return new JsonNode(parseJson(cells[at], context.limits.maxJsonDepth, pointer), pointer).object()
    }
    const regions = byName.get(cells[0]) ?? []
    byName.set(cells[0], regions)
    const shape = cell(shapes)
    if (shape.field('name').exists) regions.push({ node, shape, attributes: cell(attributes) })
    else if (Object.keys(shape.value as object).length > 0)
      throw shape.refuse('does not say which shape it is (`name`)')
  })
  return Array.from(byName, ([name, regions]) => ({ names: [name], regions }))
}

/** The images of a table, without their regions. */
export function namesOfCsv(document: JsonNode): readonly ImageNames[] {
  const [, ...rows] = tableOf(document)
  return Array.from(new Set(rows.map(([name]) => name)), (name) => ({ names: [name], ids: [] }))
}

function tableOf(document: JsonNode): string[][] {
  try {
    return parseCsv(document.text().replace('#', ''))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw document.refuse(`is no table of comma-separated values: ${error.message}`)
  }
}
