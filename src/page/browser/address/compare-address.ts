import { decodedPart } from './path-part.ts'

/** What is seen of a difference between two runs. */
export const comparedLayers = ['labels', 'difference', 'change'] as const
export type ComparedLayer = (typeof comparedLayers)[number]

/** Two runs, and what is looked at: B is set against A. */
export interface CompareAddress {
  readonly a: string | undefined
  readonly b: string | undefined
  /** A score of items. */
  readonly score: string
  /** Index of the item that is shown. */
  readonly item: number | undefined
  readonly layer: ComparedLayer
}

/** `/compare/A/B?score=mean_iou&item=4&layer=change`, also `/compare?b=B` → what it says; what it gets wrong is as by default. */
export function readCompareAddress(address: string): CompareAddress {
  const [path, search = ''] = address.split('?')
  const [, , a, b] = path.split('/')
  const query = new URLSearchParams(search)
  const item = query.get('item') ?? ''
  const layer = query.get('layer')
  return {
    a: a ? decodedPart(a) : (query.get('a') ?? undefined),
    b: b ? decodedPart(b) : (query.get('b') ?? undefined),
    score: query.get('score') ?? 'mi_loss',
    item: /^\d{1,9}$/.test(item) ? Number(item) : undefined,
    layer: comparedLayers.find((one) => one === layer) ?? 'change',
  }
}

export function writeCompareAddress({ a, b, score, item, layer }: CompareAddress): string {
  const query = new URLSearchParams()
  if (score !== 'mi_loss') query.set('score', score)
  if (item !== undefined) query.set('item', String(item))
  if (layer !== 'change') query.set('layer', layer)
  const isWhole = a !== undefined && b !== undefined
  if (!isWhole) for (const [name, id] of Object.entries({ a, b })) if (id !== undefined) query.set(name, id)
  const path = isWhole ? `/compare/${encodeURIComponent(a)}/${encodeURIComponent(b)}` : '/compare'
  return `#${path}${query.size > 0 ? `?${query}` : ''}`
}
