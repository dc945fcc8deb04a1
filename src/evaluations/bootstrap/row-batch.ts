import type { WeightList } from './group-weights.ts'
import type { ReplicateKernels } from './kernels/replicate-kernels.ts'
import type { RowEntries } from './row-entries.ts'
import type { SumLayout } from './sum-layout.ts'

const bytesOf = { number: Float64Array.BYTES_PER_ELEMENT, place: Uint32Array.BYTES_PER_ELEMENT }
/** Kernels write weights in groups of so many. */
const weightsAtOnce = 4

/**
 * Four rows that are added to the replicates together: rows share most of their sums, and one visit to a sum for four rows
 * takes half the time of four visits. Sums and weights lie in the memory of the kernels.
 */
export class RowBatch {
  static readonly size = 4

  readonly #kernels: ReplicateKernels
  readonly #layout: SumLayout
  readonly #count: number
  readonly #entries: RowEntries
  readonly #weights: readonly WeightList[]
  /** The group whose weights stand at each of the four places; −1: none. */
  readonly #groups = new Int32Array(RowBatch.size).fill(-1)
  /** Where the values of a sum stand in `values`; −1: no row of the batch adds to it. */
  readonly #slotOf: Int32Array
  /** The sum of each slot. */
  readonly #places: Uint32Array
  /** What each of the four rows adds, four numbers a slot. */
  readonly #values: Float64Array
  #slots = 0
  readonly #sums: Float64Array

  /** @param count of replicates */
  constructor(kernels: ReplicateKernels, layout: SumLayout, count: number) {
    this.#kernels = kernels
    this.#layout = layout
    this.#count = count
    this.#entries = layout.entries()
    this.#slotOf = new Int32Array(layout.size).fill(-1)
    const slots = Math.min(layout.size, RowBatch.size * this.#entries.sums.length)
    const stride = Math.ceil(count / weightsAtOnce) * weightsAtOnce * bytesOf.number
    const weights = kernels.base()
    const values = weights + RowBatch.size * stride
    const sums = values + RowBatch.size * slots * bytesOf.number
    const places = sums + layout.size * count * bytesOf.number
    const end = places + slots * bytesOf.place
    if (!kernels.reserve(end)) throw new Error(`there is no memory for ${end} bytes of resamples`)
    const { buffer } = kernels.memory
    this.#weights = Array.from({ length: RowBatch.size }, (_, place) => {
      const address = weights + place * stride
      return { kernels, address, weights: new Float64Array(buffer, address, count).fill(0) }
    })
    this.#values = new Float64Array(buffer, values, RowBatch.size * slots).fill(0)
    this.#sums = new Float64Array(buffer, sums, layout.size * count).fill(0)
    this.#places = new Uint32Array(buffer, places, slots)
  }

  /** The row at one of the four places; `weigh` writes the weights of its group. */
  add(row: number, place: number, weigh: (group: number, list: WeightList) => void): void {
    const group = this.#layout.groupOf(row)
    if (this.#groups[place] !== group) {
      weigh(group, this.#weights[place])
      this.#groups[place] = group
    }
    const entries = this.#entries
    this.#layout.read(row, entries)
    for (let entry = 0; entry < entries.length; entry++) {
      const sum = entries.sums[entry]
      let slot = this.#slotOf[sum]
      if (slot === -1) {
        slot = this.#slots++
        this.#slotOf[sum] = slot
        this.#places[slot] = sum
      }
      this.#values[RowBatch.size * slot + place] = entries.values[entry]
    }
  }

  /** Adds the rows to the sums, and empties the batch. */
  flush(): void {
    const [{ address }, { address: next }] = this.#weights
    this.#kernels.addRows(
      this.#slots,
      this.#places.byteOffset,
      this.#values.byteOffset,
      address,
      next - address,
      this.#count,
      this.#sums.byteOffset,
    )
    for (let slot = 0; slot < this.#slots; slot++) this.#slotOf[this.#places[slot]] = -1
    this.#values.fill(0, 0, RowBatch.size * this.#slots)
    this.#slots = 0
  }

  /** Adds the sums so far to others, and sets them to 0. */
  moveTo(total: Float64Array): void {
    for (let k = 0; k < total.length; k++) total[k] += this.#sums[k]
    this.#sums.fill(0)
  }
}
