import { areaOf, type PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { PairRules } from './label-rules.ts'
import { keptArea } from './object-overlaps.ts'

/** What predicted objects may lie on without being wrong. */
interface Forgiving {
  /** The ground truth as its file has it. */
  readonly file: LabelMap
  /** Its objects, where it is an annotation. */
  readonly truth: Objects | undefined
  /** Whether a crowd forgives objects of its category alone. */
  readonly byCategory: boolean
  /** 0 where nobody labelled, which then is void too. */
  readonly unknown: ArrayLike<number> | undefined
}

/** Whether more than half of an object lies on void, on what nobody labelled, or on a crowd that it may belong to. */
export function forgivenObjects(
  { file, truth, byCategory, unknown }: Forgiving,
  { groundTruth }: PairRules,
  { instances }: Pick<ScoreOptions, 'instances'>,
): (object: { readonly category: number; readonly runs: PixelRuns }) => boolean {
  if (instances.void === 'count') return () => false
  const isVoid = new Uint8Array(file.labels.length)
  for (let pixel = 0; pixel < isVoid.length; pixel++)
    if (groundTruth.drops(file.labels[pixel]) || unknown?.[pixel] === 0) isVoid[pixel] = 1
  const crowds = truth?.crowd === 'crowd' ? truth.list.filter(({ isCrowd }) => isCrowd) : []
  const withCrowds = new Map<number, Uint8Array>()
  const forgivingFor = (category: number): Uint8Array => {
    const wanted = byCategory ? crowds.filter((crowd) => crowd.category === category) : crowds
    if (wanted.length === 0) return isVoid
    const key = byCategory ? category : 0
    const known = withCrowds.get(key)
    if (known) return known
    const covered = isVoid.slice()
    for (const { runs } of wanted)
      for (let run = 0; run < runs.length; run += 2) covered.fill(1, runs[run], runs[run + 1])
    withCrowds.set(key, covered)
    return covered
  }
  return ({ category, runs }) => 2 * keptArea(runs, forgivingFor(category)) > areaOf(runs)
}
