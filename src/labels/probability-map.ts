/**
 * Probabilities of classes for every pixel, as one file gives them. They are decoded when they are read, so that a map
 * costs no more memory than its file.
 */
export interface ProbabilityMap {
  readonly width: number
  readonly height: number
  readonly depth: number
  /** The label of each class, ascending. */
  readonly labels: readonly number[]
  /** Whether every probability is exactly 0 or 1. */
  readonly isHard: boolean
  /** Whether each class is a question of its own, so that the probabilities of a pixel need not sum to 1. */
  readonly independent: boolean
  /** Whether the map has one channel, the foreground; it then has two classes, background and foreground. */
  readonly hasOneChannel: boolean
  /** How the file stores it: value of channel c of pixel i is item c · channelStep + i · pixelStep of its array. */
  readonly stored: {
    readonly shape: readonly number[]
    /** Label of each channel; of one channel, [background, foreground]. */
    readonly channels: readonly number[]
    readonly channelStep: number
    readonly pixelStep: number
  }
  /** What the probabilities of a pixel are made of: logits, or as they are. */
  readonly activation: 'none' | 'softmax' | 'sigmoid'
  /**
   * Writes the probabilities, each from 0 to 1, of the class with this index for the pixels from `from` up to `to`
   * (row-major, not included) into `out` from `at` on.
   */
  readonly read: (index: number, from: number, to: number, out: Float64Array, at: number) => void
}
