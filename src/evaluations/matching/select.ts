import type { ListedMask } from '../sources/listing.ts'
import { objectFolder } from '../sources/object-folders.ts'
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

/**
 * The masks of a side that its pattern takes; without a pattern all of them. A pattern whose key is a folder and whose file is
 * `*`, such as `{key}/masks/*`, takes the files of one key for the objects of one mask.
 */
export function select(masks: readonly ListedMask[], pattern: Pattern | undefined): Selection {
  if (!pattern) return { selected: masks.map((mask) => ({ mask, found: {} })), files: masks.length }
  const selected = masks.flatMap((mask) => {
    const found = pattern.match(mask.path)
    return found ? [{ mask, found }] : []
  })
  return { selected: pattern.isOfObjects ? joinObjects(selected) : selected, files: selected.length }
}

interface Selection {
  readonly selected: SelectedMask[]
  /** Files that the pattern took. */
  readonly files: number
}

function joinObjects(selected: readonly SelectedMask[]): SelectedMask[] {
  const folders = new Map<string, SelectedMask[]>()
  for (const one of selected) {
    const folder = one.mask.path.slice(0, one.mask.path.lastIndexOf('/'))
    const known = folders.get(folder)
    if (known) known.push(one)
    else folders.set(folder, [one])
  }
  return [...folders].map(([folder, all]) => ({
    mask: objectFolder(
      folder,
      all.map(({ mask }) => mask),
    ),
    found: all[0].found,
  }))
}
