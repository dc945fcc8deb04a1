import { createHash, type Hash } from 'node:crypto'
import type { ItemRow } from './rows/item-row.ts'

/** Raised when the meaning of a score changes, not with every release. */
const scoresVersion = 1

/** Identifies what was scored against: sha256 over keys and ground-truth files in manifest order. */
export class DatasetFingerprint {
  readonly #hash: Hash = createHash('sha256').update('maskscore dataset 1\n')

  add({ key, sha256: [groundTruth] }: Pick<ItemRow, 'key' | 'sha256'>): void {
    this.#hash.update(`${JSON.stringify(key)} ${groundTruth ?? 'unread'}\n`)
  }

  get value(): string {
    return this.#hash.copy().digest('hex')
  }
}

/** Identifies what changes a count: sha256 over these options and the version of the scores, keys sorted. */
export function optionsFingerprint(options: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(`maskscore options ${scoresVersion}\n${JSON.stringify(sorted(options))}`)
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
