import { type ThresholdPoint, thresholdSteps } from '../../metrics/thresholds/threshold-sweep.ts'
import { type StepRow, withoutPrediction } from '../rows/map-row.ts'
import { addCounts } from './add-counts.ts'

/** Pixels of one class, and others, by the step of its probability. */
interface ClassSteps {
  readonly positives: Float64Array
  readonly negatives: Float64Array
  /** Pixels of the class that nothing was predicted for. */
  missed: number
  /** Whether an image has probabilities of the class. */
  isPredicted: boolean
}

/** How probable classes are where they are true and where they are not, summed over images: a commutative monoid. */
export class StepSums {
  readonly #classes = new Map<number, ClassSteps>()
  #unpredicted = 0

  /** The labels that images have probabilities of, ascending; where none has any, those of the ground truth. */
  get labels(): number[] {
    const all = [...this.#classes].sort(([a], [b]) => a - b)
    const predicted = all.filter(([, { isPredicted }]) => isPredicted)
    return (predicted.length > 0 ? predicted : all).map(([label]) => label)
  }

  /** True and false positives and misses of a class at every threshold, from 0 up. */
  curveOf(label: number): ThresholdPoint[] {
    const { positives, negatives, missed } = this.#of(label)
    const points: ThresholdPoint[] = []
    // All others of the pixels that nothing was predicted for count as taken for the class, at every threshold.
    let [tp, fp] = [0, this.#unpredicted - missed]
    const total = positives.reduce(addCounts, missed)
    for (let step = thresholdSteps; step >= 0; step--) {
      tp = addCounts(tp, positives[step])
      fp = addCounts(fp, negatives[step])
      points.push({ threshold: step / thresholdSteps, tp, fp, fn: total - tp })
    }
    return points.reverse()
  }

  add(rows: readonly StepRow[]): void {
    for (const [label, step, positives, negatives] of rows) {
      if (label === null) {
        this.#unpredicted = addCounts(this.#unpredicted, negatives)
        continue
      }
      const sum = this.#of(label)
      if (step === withoutPrediction) sum.missed = addCounts(sum.missed, positives)
      else {
        sum.isPredicted = true
        addStep(sum, step, positives, negatives)
      }
    }
  }

  merge(other: StepSums): void {
    this.#unpredicted = addCounts(this.#unpredicted, other.#unpredicted)
    for (const [label, given] of other.#classes) {
      const sum = this.#of(label)
      sum.missed = addCounts(sum.missed, given.missed)
      sum.isPredicted ||= given.isPredicted
      for (let step = 0; step <= thresholdSteps; step++)
        addStep(sum, step, given.positives[step], given.negatives[step])
    }
  }

  #of(label: number): ClassSteps {
    const known = this.#classes.get(label)
    if (known) return known
    const room = () => new Float64Array(thresholdSteps + 1)
    const fresh = { positives: room(), negatives: room(), missed: 0, isPredicted: false }
    this.#classes.set(label, fresh)
    return fresh
  }
}

function addStep(sum: ClassSteps, step: number, positives: number, negatives: number): void {
  sum.positives[step] = addCounts(sum.positives[step], positives)
  sum.negatives[step] = addCounts(sum.negatives[step], negatives)
}
