/** A score that has no value, and why. */
export class Gap {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

export type Score = number | Gap

/** A share, or why it is none. */
export const ratio = (part: number, whole: number, reason: string): Score =>
  whole === 0 ? new Gap(reason) : part / whole

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const mean = (values: readonly number[], reason: string): Score =>
  ratio(sum(values), values.length, reason)

export const count = <T>(values: readonly T[], is: (value: T, index: number) => boolean): number =>
  values.filter(is).length
