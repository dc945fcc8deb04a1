import type { Region } from '../masks/region-grid.ts'
import { ask, askJson } from './ask.ts'
import type { Confusion, Evaluation, Histogram, Item, Report } from './types.ts'

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
  /** Place of the first of `entries` among all that are chosen. */
  readonly first: number
  readonly previous: string | null
}

/** Where a page of items begins: at a cursor, or so that it holds the item `at`; else at the first. */
export interface PagePlace {
  readonly cursor?: string | undefined
  readonly at?: number | undefined
  /** Most items; 200 where nothing is said. */
  readonly limit?: number
}

export async function itemsOf(
  id: string,
  chosen: ItemQuery,
  place: PagePlace,
  signal: AbortSignal,
): Promise<ItemPage> {
  const address = of(id, `/items${query({ limit: 200, ...chosen, ...place })}`)
  const { items, first, ...page } = await askJson<ItemPage & { items: Item[]; first: number | null }>(
    address,
    signal,
  )
  return { ...page, entries: items, first: first ?? 0 }
}

/** The row of an item, whole. */
export const itemOf = (id: string, index: number, signal: AbortSignal): Promise<Item> =>
  askJson(of(id, `/items/${index}`), signal)

/** The report of an item as a pair, with the segments that cause its loss. */
export const reportOfItem = (
  id: string,
  index: number,
  withPairs: boolean,
  signal: AbortSignal,
): Promise<Report> =>
  askJson(of(id, `/items/${index}/report?segments=100${withPairs ? '&include=contingency' : ''}`), signal)

/** How many pixels of an item have each code of a plane: its labels as JSON, of which one pixel is answered. */
export async function pixelsOfItem<Pixels>(
  id: string,
  index: number,
  how: { readonly planes: string; readonly match?: string; readonly with?: string },
  signal: AbortSignal,
): Promise<Pixels> {
  const address = of(id, `/items/${index}/labels${query({ ...how, region: '0,0,1,1' })}`)
  const answer = await ask(address, { signal, headers: { accept: 'application/json' } })
  return ((await answer.json()) as { pixels: Readonly<Record<string, Pixels>> }).pixels[how.planes]
}

/** Planes of an item as a `.npy`: all of them, or a region at a level. */
export async function planesOfItem(
  id: string,
  index: number,
  {
    region,
    ...how
  }: {
    readonly planes: string
    readonly match?: string
    readonly with?: string
    readonly region?: Region | undefined
  },
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const view = region && {
    region: [region.x, region.y, region.width, region.height].join(),
    level: region.level,
  }
  const address = of(id, `/items/${index}/labels${query({ ...how, ...view })}`)
  return (await ask(address, { signal })).arrayBuffer()
}

/** @param label the class, where the score is that of a class */
export const histogramOf = (id: string, score: string, label: string | undefined): Promise<Histogram> =>
  askJson(of(id, `/histogram${query({ score, class: label, bins: 40 })}`))

export const confusionOfRun = (id: string): Promise<Confusion | null> => askJson(of(id, '/confusion'))

/** A file of a run: a report, a picture. */
export const fileOfRun = async (id: string, path: string, signal?: AbortSignal): Promise<Blob> =>
  (await ask(of(id, path), signal ? { signal } : {})).blob()
