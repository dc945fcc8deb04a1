import type { ScoringContext } from '../../scoring/context.ts'
import { type Fault, type ItemRun, scoreItem } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'
import { rowLine } from './row-line.ts'

/** What a thread is handed: items, and how they are scored. Plain data. */
export interface Chunk {
  readonly items: readonly Item[]
  readonly run: Omit<ItemRun, 'context'>
  /** After so many milliseconds the thread answers what it has: the rest comes back with another chunk. */
  readonly turnMs: number
  /** Why the predictions of these items count as unreadable without being read: scoring them ended their thread. */
  readonly fault?: Fault
}

/** What a thread answers beside the rows, for progress. */
export interface ChunkFacts {
  /** Items that were scored, from the first of the chunk on: fewer than the chunk has, when time is up. */
  readonly items: number
  readonly failed: number
  /** Of the items in which `mi_loss` is defined. */
  readonly loss: number
  readonly losses: number
}

/** Reads and scores items one after another. The answer is their rows as lines of text, which are all that leaves the thread. */
export async function scoreChunk(
  { items, run, turnMs, fault }: Chunk,
  context: ScoringContext,
): Promise<{ readonly lines: Uint8Array; readonly facts: ChunkFacts }> {
  const start = performance.now()
  const texts: string[] = []
  const facts = { failed: 0, loss: 0, losses: 0 }
  for (const item of items) {
    const scored = await scoreItem(item, { ...run, context }, fault)
    texts.push(rowLine(scored))
    const { status, scores } = scored.row
    if (status === 'failed') facts.failed++
    if (typeof scores.mi_loss === 'number') {
      facts.loss += scores.mi_loss
      facts.losses++
    }
    if (performance.now() - start > turnMs) break
    context.giveWay?.()
  }
  return { lines: Buffer.from(texts.join('')), facts: { ...facts, items: texts.length } }
}
