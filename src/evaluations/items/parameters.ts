import { nearestKey } from '../../json/nearest-key.ts'
import { refuseField } from '../../problems/refusal.ts'

/** The parameters of an address. */
export type Query = Readonly<Record<string, string | undefined>>

export const wrong = (parameter: string, why: string) =>
  refuseField('INVALID_OPTIONS', `/${parameter}`, `The parameter ${parameter} ${why}.`)

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

/** The label of `class`. @throws Refusal INVALID_OPTIONS */
export const labelIn = (query: Query): number | undefined =>
  query.class === undefined ? undefined : labelOf(query.class, 'class')

/** A class label. @throws Refusal INVALID_OPTIONS */
export function labelOf(text: string, name: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw wrong(name, 'takes the number of a class')
  return Number(text)
}

/** Refuses parameters that a call does not know: a misspelt filter must not answer everything. @throws Refusal INVALID_OPTIONS */
export function onlyParameters(query: Query, known: readonly string[]): void {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) {
      const nearest = nearestKey(name, known)
      throw wrong(
        name.slice(0, 64),
        nearest
          ? `is unknown; did you mean ${nearest}?`
          : `is unknown; known are ${known.join(', ') || 'none'}`,
      )
    }
    if (Array.isArray(value)) throw wrong(name, 'is given twice')
  }
}
