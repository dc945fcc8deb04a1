import type { RunWarning } from './summary.ts'

/** Most keys that a warning of the run names. */
export const maxKeys = 5

/** What concerns several items, by code. Items are added in manifest order. */
export class RunWarnings {
  readonly #warnings = new Map<
    string,
    { items: number; first: string[]; last?: string; message: string; vary?: boolean }
  >()

  add(code: string, key: string, message: string): void {
    const warning = this.#warnings.get(code) ?? { items: 0, first: [], message }
    this.#warnings.set(code, warning)
    // An item may say the same of both its masks.
    if (warning.last !== key) warning.items++
    if (warning.message !== message) warning.vary = true
    if (warning.first.length < maxKeys && warning.last !== key) warning.first.push(key)
    warning.last = key
  }

  get list(): RunWarning[] {
    return [...this.#warnings].map(([code, { items, first, message, vary }]) => ({
      code,
      items,
      first,
      // What is said with figures of one item must not be read as if it were said of all.
      message: vary ? `Of ${first[0]}: ${message}` : message,
    }))
  }
}
