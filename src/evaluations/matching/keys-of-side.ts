import { type ListedMask, stemOf } from '../sources/listing.ts'
import type { PatternMatch } from './pattern.ts'
import { type GroundTruthKey, nameOf } from './rule.ts'
import { matchRule, type RuleName } from './rules.ts'
import type { Selection, SidePatterns } from './select.ts'

/** How the keys of both sides are told. */
export interface SideKeys {
  readonly rule: RuleName | 'pattern'
  groundTruth(mask: ListedMask): GroundTruthKey | undefined
  prediction(mask: ListedMask): readonly string[]
}

/** Keys by a rule. A group that the ground truth's pattern names goes before that of the rule. */
export function keysByRule(
  name: RuleName,
  preset: string | undefined,
  truths: Pick<Selection, 'masks' | 'found'>,
): SideKeys {
  const rule = matchRule(name, preset, () => truths.masks.map(stemOf))
  return {
    rule: name,
    groundTruth(mask) {
      const { group } = truths.found(mask)
      const told = rule.groundTruth(stemOf(mask))
      return told && 'key' in told && group !== undefined ? { ...told, group } : told
    },
    prediction: (mask) => rule.prediction(stemOf(mask)),
  }
}

/**
 * Keys as patterns say them. Where both name a group, an item is known by group and key together: the same name may stand
 * in every group. A side whose pattern has no `{key}` goes by its file names.
 */
export function keysByPattern(
  { groundTruth, prediction }: SidePatterns,
  truths: Pick<Selection, 'found'>,
  predictions: Pick<Selection, 'found'>,
): SideKeys {
  const withGroup = groundTruth?.hasGroup === true && prediction?.hasGroup === true
  const keyOf = (mask: ListedMask, found: PatternMatch): string => {
    const key = found.key ?? nameOf(stemOf(mask))
    return withGroup ? `${found.group}/${key}` : key
  }
  return {
    rule: 'pattern',
    groundTruth: (mask) => {
      const found = truths.found(mask)
      const { group } = found
      return { key: keyOf(mask, found), ...(group !== undefined && { group }) }
    },
    prediction: (mask) => [keyOf(mask, predictions.found(mask))],
  }
}
