import { z } from 'zod'
import type { ProblemCode } from '../problems/catalogue.ts'
import { type FieldError, Refusal } from '../problems/refusal.ts'
import { nearestKey } from './nearest-key.ts'
import { toPointer } from './pointer.ts'

/** Mistakes that are told; looking for the nearest key of hundreds of thousands would take seconds. */
const maxErrors = 100

/**
 * Validates `value` by `schema`; every mistake is reported at once as a field error under `pointer`.
 * An unknown key names the nearest known one.
 */
export function parseWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
  { pointer, code, what }: { pointer: string; code: ProblemCode; what: string },
): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors: FieldError[] = []
  for (const issue of parsed.error.issues) {
    if (errors.length >= maxErrors) break
    errors.push(...fieldErrors(issue, schema, pointer, code, maxErrors - errors.length))
  }
  const detail = errors.map((error) => `${error.pointer || '/'}: ${error.message}`).join('; ')
  throw new Refusal(code, `${what}: ${detail}`.slice(0, 2000), errors)
}

type Issue = z.core.$ZodIssue

function fieldErrors(
  issue: Issue,
  schema: z.ZodType,
  pointer: string,
  code: ProblemCode,
  max: number,
): FieldError[] {
  const at = pointer + toPointer(issue.path)
  if (issue.code !== 'unrecognized_keys') return [{ pointer: at, code, message: messageOf(issue) }]
  const place = schemaAt(schema, issue.path)
  const known = knownKeys(place)
  return issue.keys.slice(0, max).map((key) => {
    const home = homeOf(key, place, schema)
    const nearest = nearestKey(key, known)
    const hint = home ?? (nearest ? `did you mean "${nearest}"?` : `known are ${known.join(', ')}`)
    const shown = key.length > 64 ? `${key.slice(0, 64)}…` : key
    return { pointer: at + toPointer([shown]), code, message: `unknown key "${shown}"; ${hint}` }
  })
}

const messageOf = (issue: Issue): string =>
  issue.code === 'invalid_type' && issue.expected === 'array'
    ? `${issue.message}: write a list, in brackets`
    : issue.message

/** Where a key that is unknown at its place is known: in objects of that place, or at the top. */
function homeOf(key: string, place: z.ZodType | undefined, schema: z.ZodType): string | undefined {
  const inside = Object.entries(shapeOf(place)).filter(([, child]) => Object.hasOwn(shapeOf(child), key))
  const names = inside.map(([name]) => `\`${name}\``)
  if (names.length > 0) return `it belongs into ${names.join(' or ')}`
  return Object.hasOwn(shapeOf(schema), key) ? 'it belongs one level up, beside this object' : undefined
}

/** The schema that a path leads to, through wrappers, objects, arrays and records; undefined where it leaves them. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let current: z.ZodType | undefined = unwrap(schema)
  for (const token of path) {
    if (current instanceof z.ZodObject) current = current.shape[String(token)] as z.ZodType | undefined
    else if (current instanceof z.ZodArray && /^(0|[1-9][0-9]{0,8})$/.test(String(token)))
      current = current.element as z.ZodType
    else if (current instanceof z.ZodTuple)
      current = (current.def.items as readonly z.ZodType[])[Number(token)]
    else return undefined
    if (current === undefined) return undefined
    current = unwrap(current)
  }
  return current
}

function unwrap(schema: z.ZodType): z.ZodType {
  let current: z.ZodType = schema
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodNullable ||
    current instanceof z.ZodDefault ||
    current instanceof z.ZodPrefault
  )
    current = current.unwrap() as z.ZodType
  return current
}

const knownKeys = (schema: z.ZodType | undefined): string[] => Object.keys(shapeOf(schema))

function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const object = schema && unwrap(schema)
  return object instanceof z.ZodObject ? (object.shape as Record<string, z.ZodType>) : {}
}
