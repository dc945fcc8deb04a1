import type { BodyContract } from './route-contract.ts'
import type { JsonSchema, SchemaBook } from './schema-book.ts'

/**
 * The request body object of a call: a form where it takes parts, else JSON. One media type an operation: clients that
 * are generated from two send files as JSON. The JSON body of a call that takes parts is told as an extension.
 */
export function requestBody({ json, example, parts }: BodyContract, book: SchemaBook): object {
  const asJson = { schema: book.of(json, 'input'), ...(example !== undefined && { example }) }
  if (!parts) return { required: true, content: { 'application/json': asJson } }
  return {
    required: true,
    description: `A form with files. The call takes \`application/json\` as well, by the schema ${nameOf(asJson.schema)}.`,
    content: { 'multipart/form-data': multipart(parts, book) },
    'x-json-body': asJson,
  }
}

const nameOf = ({ $ref }: JsonSchema): string => `\`${String($ref).split('/').at(-1)}\``

/**
 * Files by part; JSON text where a part has a schema, whatever type it declares. A list of files begins without one:
 * "try it out" would send a made-up text as the first.
 */
function multipart(parts: NonNullable<BodyContract['parts']>, book: SchemaBook): object {
  const properties: Record<string, JsonSchema> = {}
  const encoding: Record<string, object> = {}
  for (const [name, { rule, description, schema, example }] of Object.entries(parts)) {
    if (schema) encoding[name] = { contentType: 'application/json' }
    const part = schema ? book.of(schema, 'input') : { type: 'string', format: 'binary' }
    const more = { description, ...(example !== undefined && { example }) }
    properties[name] =
      rule === 'many' ? { type: 'array', items: part, example: [], ...more } : { ...part, ...more }
  }
  const required = Object.keys(parts).filter((name) => parts[name].rule !== 'optional')
  return {
    schema: { type: 'object', properties, required, additionalProperties: false },
    ...(Object.keys(encoding).length > 0 && { encoding }),
  }
}
