import type { Warning } from '../labels/decoded-mask.ts'

/** Kinds of one code that are told apart. */
const maxKinds = 10

/** Collects the warnings of one document: the first of each code and kind is told, and how many there are. */
export class WarningList {
  readonly #warnings = new Map<string, { readonly code: string; readonly message: string; count: number }>()
  readonly #kinds = new Map<string, number>()

  readonly warn = (code: string, message: string, kind = ''): void => {
    const kinds = this.#kinds.get(code) ?? 0
    const key = `${code} ${kind}`
    const first = this.#warnings.get(key) ?? (kinds < maxKinds ? undefined : this.#warnings.get(code))
    if (first) first.count++
    else {
      this.#kinds.set(code, kinds + 1)
      this.#warnings.set(kinds < maxKinds ? key : code, { code, message, count: 1 })
    }
  }

  list(): Warning[] {
    return Array.from(this.#warnings.values(), ({ code, message, count }) => ({
      code,
      message: count === 1 ? message : `${message} This and ${count - 1} more.`,
    }))
  }
}
