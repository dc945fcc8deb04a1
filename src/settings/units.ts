import { z } from 'zod'
import { asSize, asTime } from './in-units.ts'

/** What a setting's text means; decides how its value is read and shown. */
export type Kind =
  | 'text'
  | 'url'
  | 'count'
  | 'bytes'
  | 'duration'
  | 'flag'
  | 'list'
  | 'named'
  | 'rate'
  | 'choice'

/** How the text of a setting is read. */
export interface Unit<S extends z.ZodType> {
  readonly kind: Kind
  readonly schema: S
}

const unit = <S extends z.ZodType>(kind: Kind, schema: S): Unit<S> => ({ kind, schema })

const byteUnits: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }
const timeUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

interface Range {
  readonly min?: number
  readonly max?: number
}

/** Text, as a schema takes it. */
export const text = <S extends z.ZodType<string | undefined>>(schema: S) => unit('text', schema)

/** The base address of another service; user and password in it are masked wherever it is shown. */
export const url = () =>
  unit(
    'url',
    z
      .url({ protocol: /^https?$/, error: 'takes an http or https address' })
      .refine((text) => !/[?#]/.test(text), { error: 'takes an address without ? and #' })
      .optional(),
  )

/** One of some words. */
export const choice = <const T extends string>(words: readonly T[], fallback: NoInfer<T>) =>
  unit('choice', z.literal([...words]).default(fallback))

/** A whole number; digits may be grouped: `16_000_000`. */
export const count = (fallback: number, range: Range = {}) =>
  unit('count', wholeNumber(range).default(fallback))

/** The same where nothing is a value of its own. */
export const optionalCount = (range: Range = {}) => unit('count', wholeNumber(range).optional())

const wholeNumber = (range: Range) =>
  read(
    (text) => (/^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined),
    'a whole number',
    range,
  )

/** Bytes: `64MB`. KB, MB and GB are powers of 1024; no unit means bytes. */
export const bytes = (fallback: number, range: Range = {}) =>
  unit(
    'bytes',
    read((text) => withUnit(text, byteUnits, 'B'), 'a size as 64MB (B, KB, MB, GB)', range, asSize).default(
      fallback,
    ),
  )

/** What timers can wait is 24 days; sums and doubles of settings stay below it. */
const maxDuration = 24 * 3_600_000

/** A time in milliseconds: `30s`, at most a day. The unit is compulsory, except for 0. */
export const duration = (fallbackMs: number, range: Range = {}) =>
  unit(
    'duration',
    read(
      (text) => withUnit(text, timeUnits),
      'a time as 30s (ms, s, min, h, d)',
      { max: maxDuration, ...range },
      asTime,
    ).default(fallbackMs),
  )

/** `true` or `false`, also 1 and 0. */
export const flag = (fallback: boolean) =>
  unit('flag', z.string().transform(parsed(readFlag, 'true or false')).default(fallback))

/** Texts separated by commas or line ends. */
export const list = (item: z.ZodType<string, string>) =>
  unit('list', z.string().transform(splitList).pipe(z.array(item)).default([]))

interface Names {
  /** What is named: "name". */
  readonly what: string
  readonly pattern: RegExp
}

/** Names of callers. */
export const anyName: Names = { what: 'name', pattern: /^[A-Za-z0-9_.-]{1,64}$/ }
/** Ids as the tool gives them. */
export const webhookIds: Names = { what: 'webhook id', pattern: /^(0|[1-9]\d{0,15})$/ }

/** `name:secret` pairs separated by commas or line ends; a name is given once. */
export const named = (names: Names, minLength: number) =>
  unit(
    'named',
    z
      .string()
      .transform(
        parsed(
          (text) => readNamed(text, names.pattern, minLength),
          `${names.what}:secret pairs separated by commas, each ${names.what} once, each secret of at least ${minLength} characters without blanks`,
        ),
      )
      .default({}),
  )

export interface Rate {
  readonly requests: number
  readonly windowMs: number
}

/** `100/1min`: so many requests in so much time. */
export const rate = () =>
  unit('rate', z.string().transform(parsed(readRate, 'a rate as 100/1min')).optional())

function withUnit(text: string, units: Readonly<Record<string, number>>, fallback?: string) {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text) ?? []
  if (digits === undefined) return undefined
  if (Number(digits) === 0) return 0
  const factor = units[unit || (fallback ?? '')]
  return factor === undefined ? undefined : Math.round(Number(digits) * factor)
}

function readFlag(text: string): boolean | undefined {
  if (['true', '1', 'yes', 'on'].includes(text.toLowerCase())) return true
  return ['false', '0', 'no', 'off'].includes(text.toLowerCase()) ? false : undefined
}

const splitList = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')

function readNamed(
  text: string,
  name: RegExp,
  minLength: number,
): Readonly<Record<string, string>> | undefined {
  const pairs = splitList(text).map((item) => /^([^:]+):([\x21-\x7e]+)$/.exec(item))
  const names = new Set(pairs.map((pair) => pair?.[1]))
  if (
    names.size < pairs.length ||
    pairs.some((pair) => !pair || !name.test(pair[1]) || pair[2].length < minLength)
  )
    return undefined
  return Object.fromEntries(pairs.map((pair) => [pair![1], pair![2]]))
}

function readRate(text: string): Rate | undefined {
  const [, requests, window] = /^(\d+)\/(\d+\w+)$/.exec(text) ?? []
  const windowMs = window === undefined ? undefined : withUnit(window, timeUnits)
  return Number(requests) > 0 && windowMs ? { requests: Number(requests), windowMs } : undefined
}

function read(
  parse: (text: string) => number | undefined,
  what: string,
  { min = 0, max }: Range,
  shown: (value: number) => string = String,
) {
  const inRange = (value: number) => value >= min && (max === undefined || value <= max)
  const range =
    max === undefined ? (min > 0 ? `, at least ${shown(min)}` : '') : `, from ${shown(min)} to ${shown(max)}`
  return z.string().transform(
    parsed((text) => {
      const value = parse(text)
      return value !== undefined && Number.isSafeInteger(value) && inRange(value) ? value : undefined
    }, what + range),
  )
}

/** A transform that refuses what `parse` does not understand; the text itself is never repeated, it may be a secret. */
function parsed<T>(parse: (text: string) => T | undefined, what: string) {
  return (text: string, context: z.RefinementCtx): T => {
    const value = parse(text.trim())
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `takes ${what}` })
    return z.NEVER
  }
}
