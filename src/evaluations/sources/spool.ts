import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** Files that stand for parts of sources while a run reads them: a tar without its gzip, the images of a document. */
export class Spool {
  #folder: string | undefined
  #files = 0

  /** A path that no other file has. */
  path(): string {
    this.#folder ??= temporaryFolder()
    return join(this.#folder, String(this.#files++))
  }

  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }
}
