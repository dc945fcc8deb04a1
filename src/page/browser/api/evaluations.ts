import { ask, askJson } from './ask.ts'
import type { Confusion, Evaluation, Histogram, Item } from './types.ts'

/** A page of a list, and where the next one begins. */
export interface Page<Entry> {
  readonly entries: readonly Entry[]
  readonly next: string | null
}

const of = (id: string, rest = ''): string => `v1/evaluations/${encodeURIComponent(id)}${rest}`

const query = (values: Readonly<Record<string, string | number | undefined>>): string => {
  const known = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return known.length > 0 ? `?${new URLSearchParams(known)}` : ''
}

/** Evaluations of the caller, newest first. */
export async function listEvaluations(cursor: string | undefined): Promise<Page<Evaluation>> {
  const { evaluations, next } = await askJson<{ evaluations: Evaluation[]; next: string | null }>(
    `v1/evaluations${query({ limit: 50, cursor })}`,
  )
  return { entries: evaluations, next }
}

export const evaluationOf = (id: string, signal: AbortSignal): Promise<Evaluation> => askJson(of(id), signal)

/** The evaluation at its next change; undefined where there was none for half a minute. */
export async function changedEvaluation(
  { id, revision }: Evaluation,
  signal: AbortSignal,
): Promise<Evaluation | undefined> {
  const response = await ask(of(id, '?wait=30s'), { signal, headers: { 'if-none-match': `"${revision}"` } })
  return response.status === 304 ? undefined : response.json()
}

export const cancelEvaluation = async (id: string): Promise<Evaluation> =>
  (await ask(of(id, '/cancel'), { method: 'POST' })).json()

export const deleteEvaluation = async (id: string): Promise<void> => {
  await ask(of(id), { method: 'DELETE' })
}

/** What items are chosen and ordered by, as the service names it. */
export type ItemQuery = Readonly<Record<string, string | undefined>>

export interface ItemPage extends Page<Item> {
  /** Items that the filters choose. */
  readonly total: number
  /** Items of which the filter `confused` cannot tell. */
  readonly unanswered: number
}

export async function itemsOf(
  id: string,
  chosen: ItemQuery,
  { cursor, limit, signal }: { cursor?: string | undefined; limit: number; signal: AbortSignal },
): Promise<ItemPage> {
  const { items, total, unanswered, next } = await askJson<{
    items: Item[]
    total: number
    unanswered: number
    next: string | null
  }>(of(id, `/items${query({ ...chosen, limit, cursor })}`), signal)
  return { entries: items, total, unanswered, next }
}

export const histogramOf = (id: string, score: string, signal: AbortSignal): Promise<Histogram> =>
  askJson(of(id, `/histogram${query({ score, bins: 40 })}`), signal)

export const confusionOfRun = (id: string, signal: AbortSignal): Promise<Confusion | null> =>
  askJson(of(id, '/confusion'), signal)

/** A file of a run: a report, a picture. */
export const fileOfRun = async (id: string, path: string, signal?: AbortSignal): Promise<Blob> =>
  (await ask(of(id, path), signal ? { signal } : {})).blob()
