import { z } from 'zod'

export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * JSON Schemas of zod schemas. Those with an `id` in their meta are written once, in `schemas`, and referred to.
 *
 * @throws Error when one name has two shapes, as one that is both sent and answered may have
 */
export class SchemaBook {
  readonly schemas: Record<string, JsonSchema> = {}

  /** `io` is `input` for what callers send (defaults may be left out), `output` for what they get. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      override: ({ jsonSchema }) => dropSafeBounds(jsonSchema),
    })
    for (const [name, definition] of Object.entries($defs)) this.#add(name, moved(definition) as JsonSchema)
    return moved(root) as JsonSchema
  }

  #add(name: string, definition: JsonSchema): void {
    const known = this.schemas[name]
    if (known && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`two schemas are called ${name}`)
    this.schemas[name] = definition
  }
}

/** What zod says of every integer: that it is one JavaScript can hold. A reader learns nothing from it. */
function dropSafeBounds(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

/** References into the document's components instead of the schema's own definitions. */
function moved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(moved)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : moved(value),
    ]),
  )
}
