import type { ListedMask } from '../sources/listing.ts'
import { objectFolder } from '../sources/object-folders.ts'
import type { Pattern, PatternMatch } from './pattern.ts'

/** Patterns of the two sides, where they are given. */
export interface SidePatterns {
  readonly groundTruth?: Pattern | undefined
  readonly prediction?: Pattern | undefined
}

/** The masks of a side that its pattern takes. */
export interface Selection {
  readonly masks: readonly ListedMask[]
  /** Files that the pattern took. */
  readonly files: number
  /** What the pattern finds in the path of one of the masks. It is not kept, as that of a million masks would fill memory. */
  found(mask: ListedMask): PatternMatch
}

const nothing: PatternMatch = {}

/**
 * The masks of a side that its pattern takes; without a pattern all of them. A pattern whose key is a folder and whose file is
 * `*`, such as `{key}/masks/*`, takes the files of one key for the objects of one mask.
 */
export function select(masks: readonly ListedMask[], pattern: Pattern | undefined): Selection {
  if (!pattern) return { masks, files: masks.length, found: () => nothing }
  const taken = masks.filter(({ path }) => pattern.match(path))
  const found = ({ path }: ListedMask) => pattern.match(path) ?? nothing
  if (!pattern.isOfObjects) return { masks: taken, files: taken.length, found }
  const objects = joinObjects(taken)
  return {
    masks: [...objects.keys()],
    files: taken.length,
    found: (mask) => found(objects.get(mask)?.[0] ?? mask),
  }
}

/** One mask of each folder, and the files that are its objects. */
function joinObjects(files: readonly ListedMask[]): ReadonlyMap<ListedMask, readonly ListedMask[]> {
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')))
  return new Map([...folders].map(([folder, objects]) => [objectFolder(folder, objects), objects]))
}
