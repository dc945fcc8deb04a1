import { KeptText } from './browser-storage.ts'

const kept = new KeptText('sessionStorage', 'maskscore-key')

/** The key of the service: kept in memory, in the tab's storage when that is asked for, and in no address. */
class AccessKey {
  #value = kept.value ?? ''

  get value(): string {
    return this.#value
  }

  /** Whether the tab keeps it when it is loaded again. */
  get isKept(): boolean {
    return kept.value !== null
  }

  /** @returns whether the tab keeps it, where it is to */
  set(value: string, isToBeKept: boolean): boolean {
    this.#value = value
    return kept.keep(isToBeKept && value !== '' ? value : null) || !isToBeKept
  }
}

export const accessKey = new AccessKey()
