import type { Scatter } from '../compare/scatter-scale.ts'
import { askJson } from './ask.ts'
import { metrics } from './metrics.ts'

type Interval = readonly [low: number, high: number]

/** A score of two runs; differences are B − A. */
export interface ScoreDifference {
  readonly pointer: string
  readonly a: number | null
  readonly b: number | null
  readonly delta: number | null
  readonly interval: Interval | null
  readonly note?: string
  readonly p: number | null
  readonly wins: number
  readonly ties: number
  readonly losses: number
  readonly as_empty: { readonly delta: number | null }
}

/** Run B against run A, as `comparison.json`. */
export interface Comparison {
  readonly items: Readonly<Record<'both' | 'only_a' | 'only_b' | 'failed_a' | 'failed_b', number>>
  readonly scores: readonly ScoreDifference[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/** One item by a score in both runs. */
export interface ComparedItem {
  readonly index: number
  readonly key: string
  readonly a: number
  readonly b: number
  readonly delta: number
}

/** Which two runs: B against A. */
export interface RunPair {
  readonly a: string
  readonly b: string
}

const of = ({ a, b }: RunPair, rest: string, query: Readonly<Record<string, string>> = {}): string =>
  `v1/evaluations/${encodeURIComponent(b)}/comparison${rest}?${new URLSearchParams({ with: a, ...query })}`

export const comparisonOf = (runs: RunPair, signal: AbortSignal): Promise<Comparison> =>
  askJson(of(runs, ''), signal)

/** Items by how a score differs, what got worse most first. */
export const comparedItems = (
  runs: RunPair,
  score: string,
  offset: number,
  signal: AbortSignal,
): Promise<{ items: ComparedItem[]; total: number; next: number | null }> =>
  askJson(of(runs, '/items', { score, offset: String(offset), limit: '100' }), signal)

export const scatterOf = (runs: RunPair, score: string, signal: AbortSignal): Promise<Scatter> =>
  askJson(of(runs, '/scatter', { score }), signal)

/** Whether larger values of each score are better, by name. */
export async function betterDirections(): Promise<ReadonlyMap<string, boolean>> {
  return new Map(
    [...(await metrics())].flatMap(([name, { higher_is_better: isHigher }]) =>
      isHigher === null ? [] : [[name, isHigher] as const],
    ),
  )
}
