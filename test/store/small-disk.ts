import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own in memory, which is really full when it is filled. Mounting it takes root. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'maskscore-disk-'))

  constructor(megabytes: number) {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.folder)
  }

  get #filler(): string {
    return join(this.folder, 'filler')
  }

  /** Leaves no byte of room. */
  fill(): void {
    const file = openSync(this.#filler, 'w')
    let piece = Buffer.alloc(2 ** 20)
    while (piece.length > 0)
      try {
        writeSync(file, piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        piece = piece.subarray(0, piece.length >> 1)
      }
    closeSync(file)
  }

  free(): void {
    rmSync(this.#filler, { force: true })
  }

  setReadOnly(isReadOnly: boolean): void {
    mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder)
  }

  remove(): void {
    spawnSync('umount', ['-l', this.folder])
    rmdirSync(this.folder)
  }
}

function mount(...args: readonly string[]): void {
  const { status, error, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error((error?.message ?? stderr).trim())
}

/** Why there is no such disk to test with. */
export const noSmallDisk = ((): string | undefined => {
  try {
    new SmallDisk(1).remove()
    return undefined
  } catch (error) {
    return `no tmpfs can be mounted: ${(error as Error).message}`
  }
})()
