import { SumArray } from '../numbers/sum-array.ts'
import type { PixelBlock } from '../soft/pixel-blocks.ts'

/** Pixels of one bin: how many, the sum of their confidences, and how many were right. */
export interface Bin {
  readonly pixels: number
  readonly confidence: number
  readonly hits: number
}

/** Confidences in equal bins: of the top label, and of each class. Sums of several images add up. */
export interface CalibrationBins {
  readonly top: readonly Bin[]
  readonly perClass: readonly (readonly Bin[])[]
}

/**
 * Sorts confidences into M equal bins of [0, 1], right-closed, 0 in the first: k = ⌈M t⌉ − 1. The top label is the class of
 * the largest probability, of equal ones the lowest.
 */
export class GrowingBins {
  readonly #classes: number
  readonly #bins: number
  readonly #pixels: Float64Array
  readonly #hits: Float64Array
  readonly #confidence: SumArray
  readonly #block: Float64Array

  constructor(classes: number, bins: number) {
    const cells = (classes + 1) * bins
    this.#classes = classes
    this.#bins = bins
    this.#pixels = new Float64Array(cells)
    this.#hits = new Float64Array(cells)
    this.#confidence = new SumArray(cells)
    this.#block = new Float64Array(cells)
  }

  add({ count, stride, truth, q }: PixelBlock & { readonly truth: Int32Array }): void {
    const top = new Float64Array(count)
    const best = new Int32Array(count)
    for (let c = 0; c < this.#classes; c++)
      for (let i = 0, at = c * stride; i < count; i++, at++) {
        const v = q[at]
        this.#place((c + 1) * this.#bins, v, truth[i] === c)
        if (c === 0 || v > top[i]) {
          top[i] = v
          best[i] = c
        }
      }
    for (let i = 0; i < count; i++) this.#place(0, top[i], truth[i] === best[i])
    this.#confidence.drain(this.#block)
  }

  #place(first: number, confidence: number, isHit: boolean): void {
    const at = first + Math.max(0, Math.min(this.#bins, Math.ceil(confidence * this.#bins)) - 1)
    this.#pixels[at]++
    this.#block[at] += confidence
    if (isHit) this.#hits[at]++
  }

  finish(): CalibrationBins {
    const confidence = this.#confidence.values
    const row = (first: number): Bin[] =>
      Array.from({ length: this.#bins }, (_, k) => ({
        pixels: this.#pixels[first + k],
        confidence: confidence[first + k],
        hits: this.#hits[first + k],
      }))
    return {
      top: row(0),
      perClass: Array.from({ length: this.#classes }, (_, c) => row((c + 1) * this.#bins)),
    }
  }
}
