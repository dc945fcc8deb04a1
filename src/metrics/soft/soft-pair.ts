import type { ProbabilityMap } from '../../labels/probability-map.ts'

/** One side of a pair: a class for every pixel, or probabilities of the classes. */
export type SoftSide =
  | {
      readonly kind: 'labels'
      readonly labels: ArrayLike<number>
    }
  | { readonly kind: 'map'; readonly read: ProbabilityMap['read'] }

/** Two sides of the same pixels and classes, of which at least one has probabilities. */
export interface SoftPair {
  /** The label of each class, ascending. A side of labels has no others where pixels are kept. */
  readonly classes: readonly number[]
  /** 1 for a counted pixel; as many as there are pixels. */
  readonly keep: Uint8Array
  readonly groundTruth: SoftSide
  readonly prediction: SoftSide
}
