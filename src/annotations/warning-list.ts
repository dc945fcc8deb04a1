import type { Warning } from '../labels/decoded-mask.ts'

/** Collects the warnings of one document: the first of each code is told, and how many there are. */
export class WarningList {
  readonly #warnings = new Map<string, { readonly message: string; count: number }>()

  readonly warn = (code: string, message: string): void => {
    const first = this.#warnings.get(code)
    if (first) first.count++
    else this.#warnings.set(code, { message, count: 1 })
  }

  list(): Warning[] {
    return Array.from(this.#warnings, ([code, { message, count }]) => ({
      code,
      message: count === 1 ? message : `${message} This and ${count - 1} more.`,
    }))
  }
}
