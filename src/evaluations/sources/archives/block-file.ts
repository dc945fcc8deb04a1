import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Refusal } from '../../../problems/refusal.ts'

const blockBytes = 1 << 18

/** A file that is read in small pieces one behind the other: a block of it is kept. */
export class BlockFile {
  readonly size: number
  readonly #file: number
  #start = 0
  #block: Buffer = Buffer.alloc(0)

  constructor(path: string) {
    this.#file = openSync(path, 'r')
    this.size = fstatSync(this.#file).size
  }

  /**
   * @return valid until the next call
   * @throws Refusal TRUNCATED where the file ends before
   */
  read(position: number, length: number): Buffer {
    if (position < 0 || position + length > this.size)
      throw new Refusal('TRUNCATED', `The file ends at byte ${this.size}, before all of its content.`)
    if (position < this.#start || position + length > this.#start + this.#block.length)
      this.#load(position, length)
    return this.#block.subarray(position - this.#start, position - this.#start + length)
  }

  close(): void {
    closeSync(this.#file)
  }

  #load(position: number, length: number): void {
    const block = Buffer.allocUnsafe(Math.min(Math.max(blockBytes, length), this.size - position))
    let done = 0
    while (done < block.length) {
      const read = readSync(this.#file, block, done, block.length - done, position + done)
      if (read === 0) throw new Refusal('TRUNCATED', 'The file became shorter while it was read.')
      done += read
    }
    this.#start = position
    this.#block = block
  }
}
