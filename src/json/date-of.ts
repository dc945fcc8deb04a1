import type { JsonNode } from './json-node.ts'

/** When a thing was last changed, as the tool writes it. ISO dates of one zone compare as texts. */
export function dateOf(thing: JsonNode): string | undefined {
  const { value } = thing.firstOf('updated_at', 'created_at')
  return typeof value === 'string' ? value : undefined
}
