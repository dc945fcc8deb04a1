import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** Files that stand for parts of sources while a run reads them: a tar without its gzip, the images of a document. */
export class Spool {
  #folder: string | undefined
  readonly #isKept: boolean
  #files = 0

  /** @param folder where other threads and processes read them too: it stays; without one a temporary folder is removed */
  constructor(folder?: string) {
    this.#folder = folder
    this.#isKept = folder !== undefined
    if (folder !== undefined) mkdirSync(folder, { recursive: true })
  }

  /** A path that no other file has. */
  path(): string {
    this.#folder ??= temporaryFolder()
    return join(this.#folder, String(this.#files++))
  }

  close(): void {
    if (this.#isKept) return
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }
}
