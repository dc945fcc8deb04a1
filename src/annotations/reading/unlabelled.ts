import type { JsonNode } from '../../json/json-node.ts'
import type { RegionLabel } from '../annotated-image.ts'
import type { ReadContext } from './read-context.ts'

/** The label of a region without one, in a document whose other regions have some. */
export function unlabelled({ pointer }: JsonNode, { warn }: ReadContext): RegionLabel {
  warn('UNLABELLED_REGIONS', `${pointer} has no label, and the region became "unlabelled".`)
  return { kind: 'name', name: 'unlabelled' }
}
