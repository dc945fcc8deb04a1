/** One option as a form shows it. */
export interface OptionField {
  readonly name: string
  readonly description: string
  readonly kind: 'flag' | 'choice' | 'number' | 'numbers'
  readonly choices: readonly string[]
  /** As text; empty where there is none. */
  readonly fallback: string
}

type Schema = Readonly<Record<string, unknown>>

/** Not shown as fields: the page shows its own families and extras, and these are objects. */
const left = ['families', 'include', 'segments', 'checks']

/** The options of `score` that a form can show, out of the contract; all others are written as JSON. */
export function optionFields(document: unknown): OptionField[] {
  const { components } = document as { components: { schemas: Readonly<Record<string, Schema>> } }
  const properties = components.schemas.ScoreOptions.properties as Readonly<Record<string, Schema>>
  return Object.entries(properties).flatMap(([name, schema]) => {
    const kind = left.includes(name) ? undefined : kindOf(schema)
    if (!kind) return []
    return [
      {
        name,
        kind,
        description: String(schema.description ?? ''),
        choices: Array.isArray(schema.enum) ? schema.enum.map(String) : [],
        fallback: schema.default === undefined ? '' : String(schema.default),
      },
    ]
  })
}

function kindOf({ type, enum: values, items }: Schema): OptionField['kind'] | undefined {
  if (Array.isArray(values) && type === 'string') return 'choice'
  if (type === 'boolean') return 'flag'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'array' && (items as Schema | undefined)?.type === 'integer') return 'numbers'
  return undefined
}

/** What somebody wrote → the value of an option; undefined for the default. */
export function valueOfField({ kind, fallback }: OptionField, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === fallback) return undefined
  if (kind === 'flag') return trimmed === 'true'
  if (kind === 'number') return Number(trimmed)
  if (kind === 'numbers') return trimmed.split(/[\s,;]+/).map(Number)
  return trimmed
}

/** The value of an option → as somebody would write it. */
export const textOfValue = ({ fallback }: OptionField, value: unknown): string =>
  value === undefined ? fallback : Array.isArray(value) ? value.join(', ') : String(value)
