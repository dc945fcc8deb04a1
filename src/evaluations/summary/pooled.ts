import { information } from '../../metrics/information/information.ts'
import { lossOf, type MiLoss } from '../../metrics/information/mi-loss.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { type LabelAgreement, labelAgreementOf } from '../../metrics/overlap/label-agreement.ts'
import { overlapOf } from '../../metrics/overlap/overlap.ts'
import { settle } from '../../scoring/report/settle.ts'
import { named } from '../../scoring/request/class-list.ts'
import { shownDetection } from '../../scoring/scores/detection-block.ts'
import { maxAssumedClasses } from '../label-meaning.ts'
import type { RunFacts } from '../run-facts.ts'
import type { Tally } from '../tally/tally.ts'
import { pooledAreas } from './pooled-areas.ts'
import { pooledInstances } from './pooled-instances.ts'
import { pooledLesions } from './pooled-lesions.ts'
import { pooledCalibration, pooledSoft, pooledThresholds } from './pooled-maps.ts'
import { panopticOverBudget, pooledPanoptic } from './pooled-panoptic.ts'
import type { Pooled, SummaryReason } from './summary.ts'

/** What labels turned out to be, once all rows are known. */
export interface SettledLabels {
  readonly labels: 'classes' | 'objects'
  /** Nobody said that labels are classes; there are few enough of them. */
  readonly assumed: boolean
  /** Why overlap cannot be pooled. */
  readonly notPooled?: 'too_many_classes' | 'labels_are_objects'
}

export function settleLabels({ classes }: Tally, { labels }: Pick<RunFacts, 'labels'>): SettledLabels {
  if (labels === 'objects') return { labels, assumed: false, notPooled: 'labels_are_objects' }
  const tooMany = classes.tooMany || (labels === 'undecided' && classes.size > maxAssumedClasses)
  if (labels === 'undecided')
    return tooMany
      ? { labels: 'objects', assumed: false, notPooled: 'too_many_classes' }
      : { labels: 'classes', assumed: true }
  return { labels, assumed: false, ...(tooMany && { notPooled: 'too_many_classes' }) }
}

/**
 * Counts of all images summed, then the ratio, in the shape of a pair's report.
 * `reasons` names why each null is one, under its pointer in the summary.
 */
export function pooled(
  tally: Tally,
  { notPooled }: SettledLabels,
  run: Pick<RunFacts, 'names' | 'scoring'>,
): { value: Pooled; reasons: Record<string, SummaryReason> } {
  const { families, instances } = run.scoring
  const { counted } = tally.pixels
  const whenNone = undefinedBecause(counted === 0 ? 'no_pixels' : 'absent_both')
  const asked = (family: (typeof families)[number]) => families.includes(family)
  const lesions = asked('lesions') ? pooledLesions(tally, run.scoring) : undefined
  const withoutInformation = asked('information') ? (notPooled ?? tally.joint.lost) : undefined
  const { value, reasons } = settle({
    ...pooledLoss(counted, tally.information),
    ...(asked('information') && {
      information: withoutInformation ? null : pooledInformation(tally, run.scoring),
    }),
    overlap: notPooled ? null : pooledOverlap(tally, run),
    ...(asked('instances') && {
      panoptic: tally.panoptic.overBudget
        ? panopticOverBudget
        : pooledPanoptic(tally.panoptic.ascending(), whenNone, run.names),
      instances: pooledInstances(tally.thresholds, instances.thresholds, whenNone),
    }),
    ...(lesions && { lesions }),
    ...(asked('detection') && { detection: pooledDetection(tally, run) }),
    ...(asked('soft') && { soft: pooledSoft(tally.maps, run.names) }),
    ...(asked('calibration') && { calibration: pooledCalibration(tally.maps, run.scoring.soft.bins) }),
    ...(asked('thresholds') && { thresholds: pooledThresholds(tally.maps, run.names) }),
  })
  return {
    value,
    reasons: {
      ...Object.fromEntries(
        Object.entries(reasons).map(([pointer, reason]) => [`/pooled${pointer}`, reason]),
      ),
      ...(withoutInformation && { '/pooled/information': withoutInformation }),
      ...(notPooled && { '/pooled/overlap': notPooled }),
    },
  }
}

/**
 * Σ N·VI / Σ N·H(X,Y) = 1 − I(X;Y|Z) / H(X,Y|Z) with Z the image: needs no common labels.
 *
 * Range [0, 1], no unit, lower is better; split and merge add up. Images that are constant on both sides weigh nothing.
 * Corner cases: no counted pixel: undefined, `no_pixels`; nothing but constant images: 0.
 * Source: the loss of `mi-loss.ts` with entropies given Z; Cover & Thomas, "Elements of Information Theory", chapter 2.
 */
function pooledLoss(counted: number, { split, merge, mutual }: Tally['information']): MiLoss {
  if (counted > 0)
    return lossOf({ split: split.over(counted), merge: merge.over(counted), mutual: mutual.over(counted) })
  const none = undefinedBecause('no_pixels')
  return { mi_loss: none, mi_loss_split: none, mi_loss_merge: none }
}

function pooledInformation(tally: Tally, { log_base, include }: RunFacts['scoring']) {
  return information(tally.joint.table(), {
    logBase: log_base,
    ami: include.includes('ami'),
    millerMadow: include.includes('miller_madow'),
  })
}

/** AP and AR over the detections of all images, where every image has them. */
function pooledDetection(
  { detection: { lists, without } }: Tally,
  { names, scoring }: Pick<RunFacts, 'names' | 'scoring'>,
) {
  return without ? undefinedBecause(without) : shownDetection(lists, scoring, names.nameOf)
}

function pooledOverlap(
  { classes, otherLabels, pixels }: Tally,
  { names, scoring: { beta } }: Pick<RunFacts, 'names' | 'scoring'>,
) {
  const { counts, allLabels } = pooledAreas(classes.ascending(), otherLabels.ascending(), names.listed)
  const agreement = otherLabels.tooMany ? unknownAgreement : labelAgreementOf(allLabels, pixels.counted)
  const scores = overlapOf(
    { counts, total: pixels.counted, agreement },
    { beta, ...(names.listed && { classes: names.listed }) },
  )
  const { worst } = scores
  return {
    ...scores,
    worst: 'label' in worst ? named(worst, names) : worst,
    per_class: scores.per_class.map((row) => named(row, names)),
  }
}

const tooLarge = undefinedBecause('too_large')

/** Labels outside of the list of classes were too many to be kept apart. */
const unknownAgreement: LabelAgreement = { pixel_accuracy: tooLarge, kappa: tooLarge, mcc: tooLarge }
