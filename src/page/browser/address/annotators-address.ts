import { decodedPart } from './path-part.ts'

/** What is seen of annotators: masks that were dropped, or those of a run. */
export interface AnnotatorsAddress {
  readonly run: string | undefined
  /** A column of the manifest. */
  readonly column: string | undefined
  /** A value of it, whose worst images are listed. */
  readonly value: string | undefined
  readonly score: string
}

/** `/annotators/ID?by=annotator&value=ann&score=mean_iou` → what it says. */
export function readAnnotatorsAddress(address: string): AnnotatorsAddress {
  const [path, search = ''] = address.split('?')
  const [, , run] = path.split('/')
  const query = new URLSearchParams(search)
  return {
    run: run ? decodedPart(run) : undefined,
    column: query.get('by') ?? undefined,
    value: query.get('value') ?? undefined,
    score: query.get('score') ?? 'mi_loss',
  }
}

export function writeAnnotatorsAddress({ run, column, value, score }: AnnotatorsAddress): string {
  const query = new URLSearchParams()
  if (column !== undefined) query.set('by', column)
  if (value !== undefined) query.set('value', value)
  if (score !== 'mi_loss') query.set('score', score)
  const path = run === undefined ? '/annotators' : `/annotators/${encodeURIComponent(run)}`
  return `#${path}${query.size > 0 ? `?${query}` : ''}`
}
