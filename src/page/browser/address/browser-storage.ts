type Kind = 'localStorage' | 'sessionStorage'

/** A text that the browser keeps for the page; in memory alone where it keeps none, because it is told to or has no room. */
export class KeptText {
  readonly #kind: Kind
  readonly #name: string
  /** What could not be kept; undefined while the browser keeps it. */
  #unkept: string | null | undefined

  constructor(kind: Kind, name: string) {
    this.#kind = kind
    this.#name = name
  }

  get value(): string | null {
    if (this.#unkept !== undefined) return this.#unkept
    try {
      return globalThis[this.#kind].getItem(this.#name)
    } catch {
      return null
    }
  }

  /**
   * @param text null: nothing is kept
   * @returns whether the browser keeps it
   */
  keep(text: string | null): boolean {
    try {
      if (text === null) globalThis[this.#kind].removeItem(this.#name)
      else globalThis[this.#kind].setItem(this.#name, text)
      this.#unkept = undefined
      return true
    } catch {
      this.#unkept = text
      return false
    }
  }
}
