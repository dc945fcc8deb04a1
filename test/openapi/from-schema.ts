import fc from 'fast-check'

type Schema = Readonly<Record<string, unknown>>

/** Resolves `#/components/schemas/Mask` and the like. */
export interface Lookup {
  (reference: string): Schema
  /** Values that are taken in most cases, by the reference of their schema: to let requests get further. */
  readonly usual?: Readonly<Record<string, fc.Arbitrary<unknown>>>
}

const maxItems = 4

/** Values that a JSON Schema allows, kept small; as far as the OpenAPI document uses JSON Schema. */
export function valuesOf(schema: Schema, lookup: Lookup): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') {
    const any = valuesOf(lookup(schema.$ref), lookup)
    const usual = lookup.usual?.[schema.$ref]
    return usual ? fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: any }) : any
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const choices = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(merged(schema, choice), lookup)))
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type }, lookup)))
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, lookup)
    case 'array':
      return listsOf(schema, lookup)
    case 'string':
      return textsOf(schema)
    case 'integer':
    case 'number':
      return numbersOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

/** A choice beside what holds for all choices, e.g. the kinds of `Mask`. */
function merged({ oneOf, anyOf, ...common }: Schema, choice: Schema): Schema {
  const properties = { ...(common.properties as object), ...(choice.properties as object) }
  return { ...common, ...choice, ...(Object.keys(properties).length > 0 && { properties }) }
}

/** Stands for a key that is left out. */
const left = Symbol('left out')
const rarely = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(left) }, { weight: 1, arbitrary: values })

function objectsOf(schema: Schema, lookup: Lookup): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const required = (schema.required ?? []) as string[]
  const fields = properties.map(([key, one]) => {
    const values = valuesOf(one, lookup)
    // Few at a time: what many options have wrong between them hides the rest.
    return [key, required.includes(key) ? values : rarely(values)] as const
  })
  const known = fc
    .record(Object.fromEntries(fields))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== left)))
  const { propertyNames, additionalProperties: others } = schema as Record<string, Schema | undefined>
  if (properties.length > 0 || !others) return known
  const names = propertyNames ? textsOf(propertyNames) : fc.string({ maxLength: 8 })
  return fc.dictionary(names, valuesOf(others, lookup), { maxKeys: maxItems })
}

function listsOf({ items, prefixItems, minItems = 0 }: Schema, lookup: Lookup): fc.Arbitrary<unknown> {
  if (Array.isArray(prefixItems)) return fc.tuple(...prefixItems.map((item) => valuesOf(item, lookup)))
  const minLength = minItems as number
  return fc.array(valuesOf((items ?? {}) as Schema, lookup), {
    minLength,
    maxLength: Math.max(minLength, maxItems),
  })
}

function textsOf({ pattern, minLength = 0, contentEncoding }: Schema): fc.Arbitrary<string> {
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern))
  if (contentEncoding === 'base64') return fc.base64String({ maxLength: 60 })
  return fc.string({ minLength: minLength as number, maxLength: 20 })
}

function numbersOf(schema: Schema): fc.Arbitrary<number> {
  const { type, minimum = -1e6, maximum = 1e6, exclusiveMinimum } = schema as Record<string, number>
  if ((type as unknown) === 'integer') {
    const small = fc.integer({ min: Math.max(minimum, 0), max: Math.min(maximum, Math.max(minimum, 0) + 3) })
    return fc.oneof(
      { arbitrary: small, weight: 3 },
      { arbitrary: fc.integer({ min: minimum, max: maximum }), weight: 1 },
    )
  }
  return fc.double({
    min: exclusiveMinimum ?? minimum,
    max: maximum,
    minExcluded: exclusiveMinimum !== undefined,
    noNaN: true,
  })
}
