import type { JsonNode } from '../../json/json-node.ts'
import type { ReadContext } from './read-context.ts'

/** Kinds of shapes that are made of lines and single points. */
const kindsWithoutArea =
  /^(?:(?:key|multi)?points?|(?:multi|poly)?line(?:string)?s?|linestrips?|vector|skeletons?|graph|tags?|template)$/i

/**
 * Tells that a region is left out: it has no area, or its kind is not read. An area that is not painted is missing from
 * the mask, so each kind is told.
 */
export function skipRegion(
  { pointer }: Pick<JsonNode, 'pointer'>,
  kind: unknown,
  { warn }: ReadContext,
): undefined {
  const name = typeof kind === 'string' ? kind.slice(0, 40) : ''
  const what = pointer || 'The document'
  if (kindsWithoutArea.test(name))
    warn('REGION_SKIPPED', `${what} is a ${name}, which has no area, and was left out.`)
  else if (name === '') warn('REGION_SKIPPED', `${what} is of no kind that is known and was left out.`, '?')
  else warn('REGION_SKIPPED', `${what} is of a kind that is not read (${name}) and was left out.`, name)
}
