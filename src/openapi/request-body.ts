import type { BodyContract } from './route-contract.ts'
import type { JsonSchema, SchemaBook } from './schema-book.ts'

/** The request body object of a call: JSON, and a form where it takes parts. */
export function requestBody({ json, example, parts }: BodyContract, book: SchemaBook): object {
  return {
    required: true,
    content: {
      ...(parts && { 'multipart/form-data': multipart(parts, book) }),
      'application/json': {
        schema: book.of(json, 'input'),
        ...(example !== undefined && { example }),
      },
    },
  }
}

/** Files by part; JSON text where a part has a schema, whatever type it declares. */
function multipart(parts: NonNullable<BodyContract['parts']>, book: SchemaBook): object {
  const properties: Record<string, JsonSchema> = {}
  const encoding: Record<string, object> = {}
  for (const [name, { rule, description, schema }] of Object.entries(parts)) {
    if (schema) encoding[name] = { contentType: 'application/json' }
    const part = schema ? book.of(schema, 'input') : { type: 'string', format: 'binary' }
    properties[name] =
      rule === 'many' ? { type: 'array', items: part, description } : { ...part, description }
  }
  const required = Object.keys(parts).filter((name) => parts[name].rule !== 'optional')
  return {
    schema: { type: 'object', properties, required, additionalProperties: false },
    ...(Object.keys(encoding).length > 0 && { encoding }),
  }
}
