import type { HookMemory } from '../hook-memory.ts'
import type { EventFacts } from './event.ts'

/** Which annotations of an event are to be scored, and what is said when none is. */
export interface Freshness {
  readonly positions: readonly number[]
  readonly claimed: readonly string[]
  readonly outcome: 'duplicate' | 'stale'
  readonly same_as?: string
}

/**
 * Leaves out what has been worked on (the same change of the same annotation, told again) and what is out of date
 * (a change that arrives after a later one).
 */
export async function freshAnnotations(
  { action, fingerprint, annotations }: EventFacts,
  delivery: string,
  memory: HookMemory,
): Promise<Freshness> {
  const positions: number[] = []
  const claimed: string[] = []
  let same_as: string | undefined
  for (const [position, { id, updatedAt }] of annotations.entries()) {
    const change = id !== null && updatedAt !== null ? `${id}:${updatedAt}` : `${fingerprint}:${position}`
    const key = `label_studio:${change}:${action}`
    const earlier = await memory.claim(key, delivery)
    if (earlier !== undefined) {
      same_as = earlier
      continue
    }
    claimed.push(key)
    const changedAt = Date.parse(updatedAt ?? '')
    if (id === null || Number.isNaN(changedAt) || (await memory.advance(`label_studio:${id}`, changedAt)))
      positions.push(position)
  }
  const outcome = same_as === undefined ? 'stale' : 'duplicate'
  return { positions, claimed, outcome, ...(same_as && { same_as }) }
}
