import type { ListedMask } from '../sources/listing.ts'
import type { Pattern, PatternMatch } from './pattern.ts'

/** A mask that the pattern of its side takes, and what the pattern found in its path. */
export interface SelectedMask {
  readonly mask: ListedMask
  readonly found: PatternMatch
}

/** Patterns of the two sides, where they are given. */
export interface SidePatterns {
  readonly groundTruth?: Pattern | undefined
  readonly prediction?: Pattern | undefined
}

/** The masks of a side that its pattern takes; without a pattern all of them. */
export function select(masks: readonly ListedMask[], pattern: Pattern | undefined): SelectedMask[] {
  if (!pattern) return masks.map((mask) => ({ mask, found: {} }))
  return masks.flatMap((mask) => {
    const found = pattern.match(mask.path)
    return found ? [{ mask, found }] : []
  })
}
