import { type GroundTruthKey, nameOf } from './rule.ts'
import { matchRule, type RuleName } from './rules.ts'
import type { SelectedMask, SidePatterns } from './select.ts'

/** How the keys of both sides are told. */
export interface SideKeys {
  readonly rule: RuleName | 'pattern'
  groundTruth(selected: SelectedMask): GroundTruthKey | undefined
  prediction(selected: SelectedMask): readonly string[]
}

/** Keys by a rule. A group that the ground truth's pattern names goes before that of the rule. */
export function keysByRule(
  name: RuleName,
  preset: string | undefined,
  truths: readonly SelectedMask[],
): SideKeys {
  const rule = matchRule(name, preset, () => truths.map(({ mask }) => mask.stem))
  return {
    rule: name,
    groundTruth({ mask, found: { group } }) {
      const told = rule.groundTruth(mask.stem)
      return told && 'key' in told && group !== undefined ? { ...told, group } : told
    },
    prediction: ({ mask }) => rule.prediction(mask.stem),
  }
}

/**
 * Keys as patterns say them. Where both name a group, an item is known by group and key together: the same name may stand
 * in every group. A side whose pattern has no `{key}` goes by its file names.
 */
export function keysByPattern({ groundTruth, prediction }: SidePatterns): SideKeys {
  const withGroup = groundTruth?.hasGroup === true && prediction?.hasGroup === true
  const keyOf = ({ mask, found }: SelectedMask): string => {
    const key = found.key ?? nameOf(mask.stem)
    return withGroup ? `${found.group}/${key}` : key
  }
  return {
    rule: 'pattern',
    groundTruth: (selected) => {
      const { group } = selected.found
      return { key: keyOf(selected), ...(group !== undefined && { group }) }
    },
    prediction: (selected) => [keyOf(selected)],
  }
}
