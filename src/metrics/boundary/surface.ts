/** What the surface of one class is made of: elements at positions of a grid, in raster order. */
export interface Surface {
  /** Row-major numbers of the positions on the grid; a position occurs at most once. */
  readonly positions: Uint32Array
  /** Kind of each element: what it weighs is looked up by kind. */
  readonly kinds: Uint8Array
}

/** Collects the elements of all classes in one pass over an image, then sorts them by class. */
export class SurfaceCollector {
  #positions = new Uint32Array(1024)
  /** 256 · class + kind of each element. */
  #keys = new Uint32Array(1024)
  #size = 0

  /** Elements must come in raster order; classes count from 1. */
  add(classNumber: number, position: number, kind: number): void {
    if (this.#size === this.#positions.length) {
      this.#positions = doubled(this.#positions)
      this.#keys = doubled(this.#keys)
    }
    this.#positions[this.#size] = position
    this.#keys[this.#size++] = classNumber * 256 + kind
  }

  /** The surfaces of classes 1 … `count`. */
  surfaces(count: number): Surface[] {
    const positions = this.#positions
    const keys = this.#keys
    const size = this.#size
    const begins = new Uint32Array(count + 2)
    for (let k = 0; k < size; k++) begins[(keys[k] >> 8) + 1]++
    for (let k = 1; k < begins.length; k++) begins[k] += begins[k - 1]
    const sortedPositions = new Uint32Array(size)
    const sortedKinds = new Uint8Array(size)
    const next = begins.slice()
    for (let k = 0; k < size; k++) {
      const to = next[keys[k] >> 8]++
      sortedPositions[to] = positions[k]
      sortedKinds[to] = keys[k] & 255
    }
    return Array.from({ length: count }, (_, k) => ({
      positions: sortedPositions.subarray(begins[k + 1], begins[k + 2]),
      kinds: sortedKinds.subarray(begins[k + 1], begins[k + 2]),
    }))
  }
}

function doubled(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * values.length)
  larger.set(values)
  return larger
}
