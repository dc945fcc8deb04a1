import { countMaps } from '../../counting/count-maps.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import { renameMap } from '../../labels/rename-map.ts'
import type { Limits } from '../../limits.ts'
import { miLoss } from '../../metrics/information/mi-loss.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { energyDistance } from '../../metrics/samples/energy-distance.ts'
import { missedOverlap } from '../../metrics/samples/missed-overlap.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { ReadMask } from '../masks/read-masks.ts'
import type { Votes } from '../pair/count-annotators.ts'
import { pairRules } from '../pair/label-rules.ts'
import type { GedOptions } from '../request/ged-options.ts'

/** The samples of a model, and the names of both sides. */
export interface Samples {
  readonly masks: readonly ReadMask[]
  readonly names: readonly string[]
  readonly classNames: ReadonlyMap<number, string>
}

interface SampleRules extends GedOptions {
  readonly binary: boolean
  /** Void labels of the samples: a miss, and no class. */
  readonly sampleVoid: readonly number[]
  readonly ignore_prediction_labels: readonly number[]
}

/**
 * Whether the samples of a model are spread as the masks of annotators are.
 * @param votes the annotators' masks, and where each says something
 * @throws Refusal TOO_MANY_LABELS
 */
export function compareSamples(
  votes: readonly Votes[],
  { masks: samples, names, classNames }: Samples,
  options: SampleRules,
  { maxLabelPairs: maxPairs }: Limits,
) {
  const { distance, background } = options
  const { drawn, keep, voidLabels } = countedSamples(votes, samples, options)
  const isForeground = (label: number) => label !== background && !voidLabels.has(label)
  const listed = options.classes && new Set(options.classes)
  const isClass = (label: number) => isForeground(label) && (listed?.has(label) ?? true)
  const table = (a: LabelMap, b: LabelMap) => countMaps(a, b, { keep, maxPairs })
  const found = { masks: new Set<number>(), samples: new Set<number>() }
  const apart = (counted: ContingencyTable): number =>
    distance === 'iou' ? missedOverlap(counted, isClass) : lossOf(counted)
  const eachWithEach = (maps: readonly LabelMap[]) =>
    maps.map((map, i) => maps.slice(0, i).map((other) => apart(table(other, map))))
  const cross = votes.map(({ map }) =>
    drawn.map((sample) => {
      const counted = table(map, sample)
      for (const label of counted.rowLabels) if (isForeground(label)) found.masks.add(label)
      for (const label of counted.columnLabels) if (isForeground(label)) found.samples.add(label)
      return apart(counted)
    }),
  )
  const masks = eachWithEach(votes.map(({ map }) => map))
  const within = eachWithEach(drawn)
  const classes = [...(listed ?? new Set([...found.masks, ...found.samples]))]
    .filter(isForeground)
    .sort((a, b) => a - b)
  const pixels = keep.reduce((sum, kept) => sum + kept, 0)
  const size = distance === 'iou' ? classes.length : 1
  const { to_masks, ...scores } =
    pixels === 0 || size === 0
      ? undefinedDistances(undefinedBecause(pixels === 0 ? 'no_pixels' : 'absent_both'), names.length)
      : energyDistance({ cross: over(cross, size), masks: over(masks, size), samples: over(within, size) })
  const ged = {
    distance,
    ...(distance === 'iou' && { classes: classes.map((label) => named(label, classNames)) }),
    pixels,
    ...scores,
    samples: names.map((name, j) => ({ name, distance_to_masks: to_masks[j] })),
  }
  return { ged, warnings: disjoint(found) }
}

/**
 * The samples' labels as they count, and the pixels that count for all distances alike: with others for each pair they
 * would be distances of no one space. What an annotator or the ground truth calls void counts nowhere.
 */
function countedSamples(
  votes: readonly Votes[],
  samples: readonly ReadMask[],
  { binary, sampleVoid, ignore_prediction_labels }: SampleRules,
) {
  const keep = votes[0].isKnown.slice()
  for (const { isKnown } of votes) for (let i = 0; i < keep.length; i++) keep[i] &= isKnown[i]
  const voidLabels = new Set<number>()
  const drawn = samples.map(({ map, ignored }) => {
    const naming = {
      ignore_labels: [...sampleVoid],
      ignore_prediction_labels: [...ignore_prediction_labels],
      binary,
    }
    const rules = pairRules(naming, { prediction: ignored })
    dropLabels(keep, map, rules.prediction.drops)
    for (const label of rules.void) voidLabels.add(label)
    return renameMap(map, rules.prediction.countedAs)
  })
  return { drawn, keep, voidLabels }
}

/** 0 where no pixel counts: no distance is answered then. */
function lossOf(table: ContingencyTable): number {
  const { mi_loss } = miLoss(table)
  return mi_loss instanceof UndefinedScore ? 0 : mi_loss
}

const over = (rows: readonly (readonly number[])[], size: number) =>
  rows.map((row) => row.map((sum) => sum / size))

function undefinedDistances(
  why: UndefinedScore,
  samples: number,
): { [score in keyof ReturnType<typeof energyDistance>]: score extends 'to_masks' ? Score[] : Score } {
  return {
    ged2: why,
    cross: why,
    diversity_masks: why,
    diversity_samples: why,
    to_masks: Array(samples).fill(why),
  }
}

const named = (label: number, names: ReadonlyMap<number, string>) => {
  const name = names.get(label)
  return name === undefined ? { label } : { label, name }
}

/** Tells that no foreground label is common to both sides, though both have some. */
function disjoint({ masks, samples }: Record<'masks' | 'samples', ReadonlySet<number>>): Warning[] {
  if (masks.size === 0 || samples.size === 0 || [...samples].some((label) => masks.has(label))) return []
  const message = `The masks and the samples share no label but the background (masks ${some(masks)}; samples ${some(samples)}), so every IoU between them is 0. If they code the same classes differently, set \`binary\`, \`palette\` or a colour map.`
  return [{ code: 'LABEL_SETS_DISJOINT', message }]
}

function some(labels: ReadonlySet<number>): string {
  const shown = [...labels].sort((a, b) => a - b).slice(0, 5)
  return `${shown.join(', ')}${labels.size > 5 ? `, … (${labels.size})` : ''}`
}
