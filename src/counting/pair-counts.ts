import { randomInt } from 'node:crypto'
import type { LabelArray } from '../labels/label-map.ts'
import type { LabelPairs } from '../metrics/table/contingency-table.ts'
import { Refusal } from '../problems/refusal.ts'

/** A label out of its 32 bits: `Int32Array` labels are signed, all others are not. */
export const labelReader = (labels: LabelArray): ((bits: number) => number) =>
  labels instanceof Int32Array ? (bits) => bits | 0 : (bits) => bits >>> 0

const firstCapacity = 1024

/** Random odd factors, so that nobody can prepare a mask whose pairs all collide. No result depends on them. */
const groundTruthFactor = 2 * randomInt(2 ** 30, 2 ** 31) + 1
const predictionFactor = 2 * randomInt(2 ** 30, 2 ** 31) + 1

/**
 * Counts of label pairs in an open-addressing hash that grows with what it holds and never past a limit.
 *
 * Labels are kept as their 32 bits, so one hash serves every label type. A slot is free when its count is 0.
 */
export class PairCounts {
  readonly #maxPairs: number
  #groundTruth = new Int32Array(firstCapacity)
  #prediction = new Int32Array(firstCapacity)
  #counts = new Float64Array(firstCapacity)
  #size = 0

  /** @param maxPairs most distinct pairs; one more is refused with TOO_MANY_LABELS */
  constructor(maxPairs: number) {
    this.#maxPairs = maxPairs
  }

  /** Adds `count` (> 0) pixels of one pair. @throws Refusal TOO_MANY_LABELS */
  add(groundTruth: number, prediction: number, count: number): void {
    const g = groundTruth | 0
    const p = prediction | 0
    const slot = this.#slotOf(g, p)
    if (this.#counts[slot] === 0) {
      if (this.#size === this.#maxPairs) throw tooManyPairs(this.#maxPairs)
      this.#groundTruth[slot] = g
      this.#prediction[slot] = p
      this.#size++
    }
    this.#counts[slot] += count
    // At most half full: a search ends after a few steps.
    if (2 * this.#size > this.#counts.length) this.#grow()
  }

  /** The pairs counted, in no particular order. */
  pairs(groundTruth: (bits: number) => number, prediction: (bits: number) => number): LabelPairs {
    const occupied: number[] = []
    for (let slot = 0; slot < this.#counts.length; slot++) if (this.#counts[slot] > 0) occupied.push(slot)
    return {
      groundTruth: Float64Array.from(occupied, (slot) => groundTruth(this.#groundTruth[slot])),
      prediction: Float64Array.from(occupied, (slot) => prediction(this.#prediction[slot])),
      counts: Float64Array.from(occupied, (slot) => this.#counts[slot]),
    }
  }

  /** The slot that holds the pair, or the free one that would. */
  #slotOf(g: number, p: number): number {
    const mask = this.#counts.length - 1
    let slot = mix(g, p) & mask
    while (this.#counts[slot] !== 0 && (this.#groundTruth[slot] !== g || this.#prediction[slot] !== p))
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [groundTruth, prediction, counts] = [this.#groundTruth, this.#prediction, this.#counts]
    this.#groundTruth = new Int32Array(2 * counts.length)
    this.#prediction = new Int32Array(2 * counts.length)
    this.#counts = new Float64Array(2 * counts.length)
    for (let from = 0; from < counts.length; from++) {
      if (counts[from] === 0) continue
      const to = this.#slotOf(groundTruth[from], prediction[from])
      this.#groundTruth[to] = groundTruth[from]
      this.#prediction[to] = prediction[from]
      this.#counts[to] = counts[from]
    }
  }
}

export function tooManyPairs(maxPairs: number): Refusal {
  return new Refusal(
    'TOO_MANY_LABELS',
    `The two masks together hold more than ${maxPairs} different pairs of labels, which is the limit.`,
  )
}

/** Spreads two words over one: every input bit reaches the low bits, which choose the slot. */
function mix(g: number, p: number): number {
  let hash = Math.imul(g, groundTruthFactor) ^ Math.imul(p, predictionFactor)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
