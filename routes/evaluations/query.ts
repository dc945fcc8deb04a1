import { wrong } from '../../src/evaluations/items/item-query.ts'

export type Query = Readonly<Record<string, string | undefined>>

/** A whole number among the parameters of an address. @throws Refusal INVALID_OPTIONS */
export function wholeNumber(
  query: Query,
  name: string,
  fallback: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const text = query[name]
  if (text === undefined) return fallback
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) throw wrong(name, `takes a whole number from ${min} to ${max}`)
  return value
}

/** One of some words. @throws Refusal INVALID_OPTIONS */
export function word<const Word extends string>(
  query: Query,
  name: string,
  known: readonly Word[],
): Word | undefined {
  const text = query[name]
  return text === undefined ? undefined : wordOf(text, name, known)
}

/** Some of these words, with commas between them. @throws Refusal INVALID_OPTIONS */
export function words<const Word extends string>(
  query: Query,
  name: string,
  known: readonly Word[],
): Word[] | undefined {
  return query[name]?.split(',', known.length + 1).map((text) => wordOf(text, name, known))
}

function wordOf<const Word extends string>(text: string, name: string, known: readonly Word[]): Word {
  const found = known.find((one) => one === text)
  if (found === undefined) throw wrong(name, `takes ${known.join(', ')}`)
  return found
}

/** A class label. @throws Refusal INVALID_OPTIONS */
export function labelIn(query: Query): number | undefined {
  const text = query.class
  if (text === undefined) return undefined
  if (!/^-?\d{1,10}$/.test(text)) throw wrong('class', 'takes the number of a class')
  return Number(text)
}

/** Refuses parameters that a call does not know: a misspelt filter must not answer everything. @throws Refusal INVALID_OPTIONS */
export function onlyParameters(query: Query, known: readonly string[]): void {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name))
      throw wrong(name.slice(0, 64), `is unknown; known are ${known.join(', ') || 'none'}`)
    if (Array.isArray(value)) throw wrong(name, 'is given twice')
  }
}

const maxWaitMs = 60_000

/** `30s`, `500ms` or `30` → milliseconds. @throws Refusal INVALID_OPTIONS */
export function waitIn(text: string): number {
  const [, number, unit] = /^(\d{1,6})(ms|s|)$/.exec(text) ?? []
  const ms = Number(number) * (unit === 'ms' ? 1 : 1000)
  if (number === undefined || ms > maxWaitMs) throw wrong('wait', 'takes a time up to 60s, as 30s')
  return ms
}
