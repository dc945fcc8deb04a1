import { type MatchRule, nameOf } from './rule.ts'

const kindOfPreset: Readonly<Record<string, string>> = {
  cityscapes: 'labelIds',
  cityscapes_train_ids: 'labelTrainIds',
  cityscapes_classes: 'instanceIds',
}

/**
 * Ground truths `<city>_<sequence>_<frame>_gtFine_<kind>` (or `gtCoarse`), whose city is the group; predictions whose name
 * begins with city, sequence and frame, with no digit right behind, as the benchmark's own scripts find them.
 * Source: cityscapesScripts, evaluation/evalPixelLevelSemanticLabeling.py.
 * @param preset of the ground truth: says which kind of file is scored, `labelIds` without one
 */
export function cityscapesRule(preset: string | undefined): MatchRule {
  const wanted = wantedKind(preset)
  return {
    groundTruth(stem) {
      const parts = nameOf(stem).split('_')
      if (parts.at(-1) === 'leftImg8bit') return { junk: 'photo' }
      const kind = parts.pop()
      const quality = parts.pop()
      const frame = parts.pop()
      const sequence = parts.pop()
      const group = parts.join('_')
      if (quality !== 'gtFine' && quality !== 'gtCoarse') return undefined
      if (!group || !isNumber(sequence) || !isNumber(frame)) return undefined
      return kind === wanted
        ? { key: `${group}_${sequence}_${frame}`, group }
        : { junk: 'other file of Cityscapes' }
    },
    prediction(stem) {
      const name = nameOf(stem)
      const keys: string[] = []
      let start = 0
      let before: string | undefined
      for (const [index, part] of name.split('_').entries()) {
        const digits = part.length - part.replace(/^[0-9]*/, '').length
        if (index >= 2 && digits > 0 && isNumber(before)) keys.push(name.slice(0, start + digits))
        start += part.length + 1
        before = part
      }
      return keys
    },
  }
}

/** Which preset the files of Cityscapes need, where none of them is of the kind that is scored. */
export function cityscapesHint(stems: readonly string[], preset: string | undefined): string[] {
  const kinds = new Set(
    stems.flatMap((stem) => /_gt(?:Fine|Coarse)_(labelIds|labelTrainIds|instanceIds)$/.exec(stem)?.[1] ?? []),
  )
  const wanted = wantedKind(preset)
  if (kinds.size === 0 || kinds.has(wanted)) return []
  const presets = Object.entries(kindOfPreset).flatMap(([name, kind]) =>
    kinds.has(kind) ? [`"${name}" for ${kind}`] : [],
  )
  return [
    `The ground truth has no ${wanted} of Cityscapes, which ${preset === undefined ? 'are scored without a preset' : `the preset "${preset}" means`}: choose the preset ${presets.join(' or ')}.`,
  ]
}

const wantedKind = (preset: string | undefined): string =>
  (preset !== undefined && kindOfPreset[preset]) || 'labelIds'

const isNumber = (part: string | undefined): boolean => part !== undefined && /^[0-9]+$/.test(part)
