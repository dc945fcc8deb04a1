import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { Listing } from '../listing.ts'
import { ListingDraft } from '../listing-draft.ts'
import type { Reader } from '../reader.ts'
import { entryName } from './entry-name.ts'
import { withoutTopFolder } from './without-top-folder.ts'

const archives = /\.(zip|tar|tgz|gz|bz2|xz|zst|7z|rar)$/i
const maskOfGzip = /\.nii\.gz$/i

/** The listing of an archive while it is made, with the checks that zips and tars share. */
export class ArchiveDraft {
  readonly #draft: ListingDraft
  readonly #limits: Limits
  readonly #names = new Set<string>()
  #entries = 0
  #expanded = 0

  constructor(size: number, limits: Limits) {
    this.#draft = new ListingDraft(limits.maxItems)
    this.#limits = limits
    if (size > limits.maxArchiveBytes)
      throw new Refusal(
        'ARCHIVE_TOO_LARGE',
        `The archive has ${size} bytes; the limit is ${limits.maxArchiveBytes} (MASKSCORE_MAX_ARCHIVE_BYTES).`,
      )
  }

  /**
   * An entry of any kind, counted and its name checked.
   * @return its path, without `/` at the end
   * @throws Refusal UNSAFE_ARCHIVE, TOO_MANY_ITEMS
   */
  entry(name: string): string {
    this.refuseCount(++this.#entries)
    const path = entryName(name)
    // Folders may stand there twice: nothing is read from them.
    if (/[/\\]$/.test(name) || path === '') return path
    if (this.#names.has(path))
      throw this.refuse(path, 'stands in it twice, and it is not certain which one counts')
    this.#names.add(path)
    return path
  }

  /** @throws Refusal TOO_MANY_ITEMS */
  refuseCount(entries: number): void {
    const most = 2 * this.#limits.maxItems
    if (entries > most)
      throw new Refusal('TOO_MANY_ITEMS', `The archive has ${entries} entries or more; ${most} are read.`)
  }

  /**
   * A regular file.
   * @param size of its content
   * @throws Refusal ARCHIVE_TOO_LARGE
   */
  file(path: string, size: number, reader: Reader): void {
    this.#expanded += size
    if (this.#expanded > this.#limits.maxExpandedBytes)
      throw new Refusal(
        'ARCHIVE_TOO_LARGE',
        `The archive holds more than ${this.#limits.maxExpandedBytes} bytes (MASKSCORE_MAX_EXPANDED_BYTES).`,
      )
    if (this.#draft.passOver(path)) return
    if (archives.test(path) && !maskOfGzip.test(path)) this.#draft.junk('archive within the archive')
    else this.#draft.add(path, reader)
  }

  unreadable(path: string, reason: string): void {
    if (!this.#draft.passOver(path)) this.#draft.unreadable(path, reason)
  }

  refuse(path: string, why: string): Refusal {
    return new Refusal('UNSAFE_ARCHIVE', `The archive's entry ${JSON.stringify(path.slice(0, 200))} ${why}.`)
  }

  listing(): Listing {
    return withoutTopFolder(this.#draft.listing())
  }
}
