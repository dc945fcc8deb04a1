import type { LabelArray } from '../labels/label-map.ts'
import { Refusal } from '../problems/refusal.ts'

/** Puts pieces of labels, such as the pages of a volume, behind each other, in a type that holds them all. */
export class LabelCollector {
  readonly #length: number
  #labels: LabelArray | undefined
  #size = 0

  /** @param length labels of all pieces together */
  constructor(length: number) {
    this.#length = length
  }

  /** @throws Refusal LABEL_OUT_OF_RANGE when one piece has negative labels and another labels beyond int32 */
  add(piece: LabelArray): void {
    if (!this.#labels && piece.length === this.#length) this.#labels = piece
    else {
      const kept = this.#labels?.subarray(0, this.#size)
      const labels =
        this.#labels && holds(this.#labels, piece) ? this.#labels : widened(kept, piece, this.#length)
      if (labels instanceof Int32Array && piece instanceof Uint32Array) refuseBeyondInt32(piece)
      labels.set(piece, this.#size)
      this.#labels = labels
    }
    this.#size += piece.length
  }

  get labels(): LabelArray {
    return this.#labels ?? new Uint8Array(this.#length)
  }
}

const isSigned = (labels: LabelArray): boolean => labels instanceof Int32Array

/** Whether every label of a piece fits the type of others. */
const holds = (labels: LabelArray, piece: LabelArray): boolean =>
  isSigned(labels) || (!isSigned(piece) && labels.BYTES_PER_ELEMENT >= piece.BYTES_PER_ELEMENT)

function widened(kept: LabelArray | undefined, piece: LabelArray, length: number): LabelArray {
  const bytes = Math.max(kept?.BYTES_PER_ELEMENT ?? 1, piece.BYTES_PER_ELEMENT)
  const labels = isSigned(piece)
    ? new Int32Array(length)
    : bytes === 4
      ? new Uint32Array(length)
      : bytes === 2
        ? new Uint16Array(length)
        : new Uint8Array(length)
  if (kept instanceof Uint32Array && isSigned(piece)) refuseBeyondInt32(kept)
  if (kept) labels.set(kept)
  return labels
}

function refuseBeyondInt32(labels: Uint32Array): void {
  const beyond = labels.find((label) => label > 0x7fffffff)
  if (beyond !== undefined) throw negativeAndBeyond(beyond)
}

/** The refusal of a file with negative labels and this one. */
export function negativeAndBeyond(beyond: number): Refusal {
  return new Refusal(
    'LABEL_OUT_OF_RANGE',
    `The file has negative labels and the label ${beyond}; together they must fit int32.`,
  )
}
