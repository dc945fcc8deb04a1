import type { ReplicateKernels } from './kernels/replicate-kernels.ts'

/** Where the weights of a group go: a list in the memory of the kernels, which may write up to three numbers behind it. */
export interface WeightList {
  readonly kernels: ReplicateKernels
  readonly address: number
  readonly weights: Float64Array
}

/** Writes the weights of a group in the replicates from `first` on. */
export type GroupWeights = (group: number, first: number, list: WeightList) => void
