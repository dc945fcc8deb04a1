/** A binary heap of (key, value) pairs: the smallest key comes out first. Pairs are never changed, only added again. */
export class MinHeap {
  readonly #keys: number[] = []
  readonly #values: number[] = []

  get size(): number {
    return this.#keys.length
  }

  /** The smallest key; undefined when empty. */
  get leastKey(): number | undefined {
    return this.#keys[0]
  }

  clear(): void {
    this.#keys.length = 0
    this.#values.length = 0
  }

  push(key: number, value: number): void {
    const keys = this.#keys
    const values = this.#values
    let hole = keys.length
    keys.push(key)
    values.push(value)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (keys[parent] <= key) break
      keys[hole] = keys[parent]
      values[hole] = values[parent]
      hole = parent
    }
    keys[hole] = key
    values[hole] = value
  }

  /** Removes the pair of the smallest key and returns its value; the heap must not be empty. */
  pop(): number {
    const keys = this.#keys
    const values = this.#values
    const least = values[0]
    const key = keys.pop() as number
    const value = values.pop() as number
    const size = keys.length
    if (size === 0) return least
    let hole = 0
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) child++
      if (keys[child] >= key) break
      keys[hole] = keys[child]
      values[hole] = values[child]
      hole = child
    }
    keys[hole] = key
    values[hole] = value
    return least
  }
}
