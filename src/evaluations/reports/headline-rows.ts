import { detectionMetrics } from '../../metrics/detection/catalogue.ts'
import { isAssumed } from '../checks/check-names.ts'
import { macroPointer, pooledDetectionPointer, pooledPointer } from '../summary/headline.ts'
import { headlineScores, type IntervalNote, type Summary } from '../summary/summary.ts'

/** How a score of a dataset is made of those of its images. */
type MeanKind = 'pooled' | 'mean over images' | 'mean over classes'

/** A headline score of a dataset, as every table shows it. */
export interface HeadlineRow {
  readonly score: string
  readonly kind: MeanKind
  readonly pointer: string
  readonly value: number | null
  /** Why the value is null. */
  readonly reason?: string | undefined
  readonly interval?: readonly [low: number, high: number] | undefined
  /** Why there is no interval, or what to bear in mind when reading it. */
  readonly note?: IntervalNote | undefined
  /** It rests on labels being classes, which nobody said. */
  readonly assumed: boolean
}

/** The headline scores of a run, pooled and as means. A score that is null is there with its reason; one not asked for is not. */
export function headlineRows(summary: Summary): HeadlineRow[] {
  const row = (score: string, kind: MeanKind, pointer: string): HeadlineRow[] => {
    const found = valueAt(summary, pointer)
    if (found === undefined) return []
    return [
      {
        score,
        kind,
        pointer,
        ...found,
        interval: summary.intervals?.values[pointer] ?? undefined,
        note: summary.intervals?.notes[pointer],
        assumed: isAssumed(pointer, summary),
      },
    ]
  }
  // Where there are none the first says why.
  const hasDetection = summary.pooled.detection !== null
  const headlines = headlineScores.filter((score) => hasDetection || score !== 'ap50')
  const others = hasDetection ? otherDetectionNames : []
  return [
    ...headlines.flatMap((score) => [
      ...row(score, 'pooled', pooledPointer[score]),
      ...row(score, 'mean over images', macroPointer(score)),
      ...(score === 'mean_iou' ? row(score, 'mean over classes', macroPointer('mean_iou_class_first')) : []),
    ]),
    ...others.flatMap((score) => row(score, 'pooled', pooledDetectionPointer(score))),
  ]
}

/** What COCO's table has beside the headline scores. */
const otherDetectionNames = detectionMetrics
  .filter(({ name, pointer }) => !pointer.includes('*') && !headlineScores.some((score) => score === name))
  .map(({ name }) => name)

/** The number at a pointer; null, and why, where it or what holds it is null; undefined where there is no such number. */
function valueAt(
  summary: Summary,
  pointer: string,
): { readonly value: number | null; readonly reason?: string | undefined } | undefined {
  let current: unknown = summary
  let way = ''
  for (const token of pointer.slice(1).split('/')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined
    current = (current as Record<string, unknown>)[token]
    way += `/${token}`
    if (current === null) return { value: null, reason: summary.reasons[way] ?? whyNoMean(summary, pointer) }
  }
  return typeof current === 'number' ? { value: current } : undefined
}

function whyNoMean({ macro }: Summary, pointer: string): string | undefined {
  const reasons = Object.keys(macro[pointer.split('/')[2]]?.undefined ?? {})
  return reasons.length > 0 ? reasons.join(', ') : undefined
}
