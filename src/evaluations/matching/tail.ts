import type { MatchRule } from './rule.ts'

/**
 * Keys are ends of paths: the name, and as many of the folders before it as tell the ground truths apart. Predictions may
 * stand in other folders above these.
 * @param stems of all ground truths
 */
export function tailRule(stems: readonly string[]): MatchRule {
  const paths = [...new Set(stems)]
  const deepest = paths.reduce((most, stem) => Math.max(most, stem.split('/').length), 1)
  let depth = 1
  while (depth < deepest && new Set(paths.map((stem) => tailOf(stem, depth))).size < paths.length) depth++
  return {
    groundTruth: (stem) => ({ key: tailOf(stem, depth) }),
    prediction: (stem) => [tailOf(stem, depth)],
  }
}

const tailOf = (stem: string, depth: number): string => stem.split('/').slice(-depth).join('/')
