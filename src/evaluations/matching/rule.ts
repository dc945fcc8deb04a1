/** What a rule makes of a ground truth's path: an item's key, or a file that its layout has beside the masks. */
export type GroundTruthKey = { readonly key: string; readonly group?: string } | { readonly junk: string }

/**
 * One way in which files of two sides belong together. Paths come without their extension, in NFC. It only cuts texts, so
 * that the time it takes grows with their length and no more.
 */
export interface MatchRule {
  /** undefined where the rule does not know such a ground truth: it stays an item, without a prediction. */
  groundTruth(stem: string): GroundTruthKey | undefined
  /** The keys that a prediction may have, the likeliest first. */
  prediction(stem: string): readonly string[]
}

export const nameOf = (stem: string): string => stem.slice(stem.lastIndexOf('/') + 1)

/** The name of the folder that a file stands in; '' at the top. */
export function folderOf(stem: string): string {
  const end = stem.lastIndexOf('/')
  return end < 0 ? '' : nameOf(stem.slice(0, end))
}

/** Names with one of the endings, without it. An ending alone is no key. */
export function withoutEndings(name: string, endings: readonly string[]): string[] {
  return endings
    .filter((ending) => name.endsWith(ending) && name.length > ending.length)
    .map((ending) => name.slice(0, name.length - ending.length))
}
