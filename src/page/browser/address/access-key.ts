const name = 'maskscore-key'

/** The key of the service: kept in memory, in the tab's storage when that is asked for, and in no address. */
class AccessKey {
  #value = sessionStorage.getItem(name) ?? ''

  get value(): string {
    return this.#value
  }

  /** Whether the tab keeps it when it is loaded again. */
  get isKept(): boolean {
    return sessionStorage.getItem(name) !== null
  }

  set(value: string, isKept: boolean): void {
    this.#value = value
    if (isKept && value !== '') sessionStorage.setItem(name, value)
    else sessionStorage.removeItem(name)
  }
}

export const accessKey = new AccessKey()
