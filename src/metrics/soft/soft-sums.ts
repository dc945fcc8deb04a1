import { SumArray } from '../numbers/sum-array.ts'

/** How X and Y of a pixel are drawn together, where both sides are soft. */
export type Coupling = 'product' | 'maximal'

/** Sums over pixels: all that the scores of maps are made of. Sums of several images add up. */
export interface SoftSums {
  /** Counted pixels. */
  readonly pixels: number
  /** Σ of the coupling of each pixel, C × C, a row for each true class. */
  readonly table: Float64Array
  /** Σ p, Σ q, Σ p q, Σ p², Σ q², Σ min(p, q) of each class. */
  readonly massGroundTruth: Float64Array
  readonly massPrediction: Float64Array
  readonly product: Float64Array
  readonly squaresGroundTruth: Float64Array
  readonly squaresPrediction: Float64Array
  readonly minimum: Float64Array
  readonly overall: OverallSums
}

/** Sums over pixels and classes, in nats. */
interface OverallSums {
  /** Σ p ln p and Σ q ln q. */
  readonly sharpnessGroundTruth: number
  readonly sharpnessPrediction: number
  /** −Σ p ln max(q, ε) */
  readonly logLoss: number
  /** Σ (q − p)² */
  readonly brier: number
  /** Σ of the Jensen–Shannon divergence of each pixel. */
  readonly js: number
  /** Pixels with a clipped logarithm in `logLoss`. */
  readonly zeroAtTruth: number
}

/** Below this a probability is clipped in the log loss: what scikit-learn took up to 1.2. */
export const logLossFloor = 1e-15

const overallKeys = [
  'sharpnessGroundTruth',
  'sharpnessPrediction',
  'logLoss',
  'brier',
  'js',
  'zeroAtTruth',
] as const satisfies readonly (keyof OverallSums)[]
type OverallKey = (typeof overallKeys)[number]

/** The sums while they grow: a block of pixels adds plain sums of its own, which are added with care. */
export class GrowingSums {
  readonly classes: number
  readonly table: Float64Array
  readonly #tableSums: SumArray
  readonly #classSums: SumArray
  readonly #overall = new SumArray(overallKeys.length)
  #pixels = 0
  #pixelsInTable = 0

  constructor(classes: number) {
    this.classes = classes
    this.table = new Float64Array(classes * classes)
    this.#tableSums = new SumArray(classes * classes)
    this.#classSums = new SumArray(6 * classes)
  }

  /** @param which place of the sum in `SoftSums`: 0 mass of the ground truth … 5 minimum */
  addToClass(which: number, index: number, term: number): void {
    this.#classSums.add(which * this.classes + index, term)
  }

  addOverall(key: OverallKey, term: number): void {
    this.#overall.add(overallKeys.indexOf(key), term)
  }

  /** Tells that a block is done. Its table is put aside when that is cheap beside what filled it. */
  finishBlock(pixels: number): void {
    this.#pixels += pixels
    this.#pixelsInTable += pixels
    if (this.#pixelsInTable < Math.max(4096, 64 * this.classes)) return
    this.#tableSums.drain(this.table)
    this.#pixelsInTable = 0
  }

  finish(): SoftSums {
    this.#tableSums.drain(this.table)
    const ofClasses = this.#classSums.values
    const sums = (which: number) => ofClasses.slice(which * this.classes, (which + 1) * this.classes)
    const values = this.#overall.values
    const overall = Object.fromEntries(overallKeys.map((key, at) => [key, values[at]])) as Record<
      OverallKey,
      number
    >
    return {
      pixels: this.#pixels,
      table: this.#tableSums.values,
      massGroundTruth: sums(classSums.massGroundTruth),
      massPrediction: sums(classSums.massPrediction),
      product: sums(classSums.product),
      squaresGroundTruth: sums(classSums.squaresGroundTruth),
      squaresPrediction: sums(classSums.squaresPrediction),
      minimum: sums(classSums.minimum),
      overall,
    }
  }
}

/** Places of the sums of classes. */
export const classSums = {
  massGroundTruth: 0,
  massPrediction: 1,
  product: 2,
  squaresGroundTruth: 3,
  squaresPrediction: 4,
  minimum: 5,
} as const
