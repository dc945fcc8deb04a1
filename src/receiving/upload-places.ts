import { Refusal } from '../problems/refusal.ts'

/** What an owner has and may have. */
interface Quota {
  readonly storedBytes: number
  readonly maxStoredBytes: number
  readonly activeRuns: number
  readonly maxActiveRuns: number
}

/** One body on its way to the disk. */
export interface UploadPlace {
  /** @throws Refusal QUOTA_EXCEEDED */
  grow(bytes: number): void
  release(): void
}

/**
 * The bodies that are being written to the disk, by owner: what arrives counts before it is stored, or many bodies that each
 * fit would fill the disk together.
 */
export class UploadPlaces {
  readonly #owners = new Map<string, { uploads: number; bytes: number }>()

  /** @throws Refusal QUOTA_EXCEEDED where the owner has as many runs and uploads as it may */
  take(owner: string, { storedBytes, maxStoredBytes, activeRuns, maxActiveRuns }: Quota): UploadPlace {
    const own = this.#owners.get(owner) ?? { uploads: 0, bytes: 0 }
    if (activeRuns + own.uploads >= maxActiveRuns)
      throw new Refusal(
        'QUOTA_EXCEEDED',
        `${activeRuns + own.uploads} evaluations of this key have not ended; the most is ${maxActiveRuns} (MASKSCORE_MAX_EVALUATIONS).`,
      )
    this.#owners.set(owner, own)
    own.uploads++
    let held = 0
    let isReleased = false
    return {
      grow: (bytes) => {
        held += bytes
        own.bytes += bytes
        if (storedBytes + own.bytes > maxStoredBytes)
          throw new Refusal(
            'QUOTA_EXCEEDED',
            `What this key has stored would grow beyond ${maxStoredBytes} bytes (MASKSCORE_MAX_STORED_BYTES).`,
          )
      },
      release: () => {
        if (isReleased) return
        isReleased = true
        own.bytes -= held
        own.uploads--
        if (own.uploads === 0) this.#owners.delete(owner)
      },
    }
  }
}
