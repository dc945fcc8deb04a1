import type { LabelPng } from '../label-png.ts'
import type { Kernels } from './kernels.ts'

export type PngSide = 'groundTruth' | 'prediction'

/** As in `assembly/stream.ts`. */
const inputBytes = 65_536

/** Feeds the compressed bytes of one PNG to its stream in the kernels, one piece each time the stream asks. */
export class PngInput {
  readonly #kernels: Kernels
  readonly #ofGroundTruth: boolean
  readonly #png: LabelPng
  /** The next IDAT chunk, and how many of its bytes have been fed. */
  #chunk = 0
  #taken = 0

  constructor(kernels: Kernels, side: PngSide, png: LabelPng) {
    this.#kernels = kernels
    this.#ofGroundTruth = side === 'groundTruth'
    this.#png = png
  }

  feed(): void {
    const room = this.#kernels.roomFor(this.#ofGroundTruth)
    const piece = new Uint8Array(this.#kernels.memory.buffer, room, inputBytes)
    const { bytes, scanned } = this.#png
    let filled = 0
    while (filled < inputBytes && this.#chunk < scanned.idat.length) {
      const { start, end } = scanned.idat[this.#chunk]
      const from = start + this.#taken
      const to = Math.min(end, from + inputBytes - filled)
      piece.set(bytes.subarray(from, to), filled)
      filled += to - from
      this.#taken += to - from
      if (to < end) break
      this.#chunk++
      this.#taken = 0
    }
    this.#kernels.fed(this.#ofGroundTruth, filled, this.#chunk === scanned.idat.length)
  }

  /** Compressed bytes that follow the end of the stream. Call it when the stream has ended. */
  unusedBytes(): number {
    const left = this.#png.scanned.idat
      .slice(this.#chunk)
      .reduce((sum, { start, end }) => sum + end - start, -this.#taken)
    return left + this.#kernels.unused(this.#ofGroundTruth)
  }
}
