import { join } from 'node:path'
import type { ListedMask } from './listing.ts'
import type { Reader } from './reader.ts'

/** A regular file below a folder. Its reader is made when it is asked for, as the paths of a million readers fill memory. */
export class FolderFile implements ListedMask {
  readonly path: string
  readonly #root: string
  readonly #bytes: number

  constructor(root: string, path: string, bytes: number) {
    this.path = path
    this.#root = root
    this.#bytes = bytes
  }

  get reader(): Reader {
    return { type: 'file', path: join(this.#root, this.path), bytes: this.#bytes }
  }
}
