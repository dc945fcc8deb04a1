import type { ProblemCode } from '../../problems/catalogue.ts'
import { diskRefusal } from '../../problems/disk-refusal.ts'
import { Refusal } from '../../problems/refusal.ts'

const passingCodes: readonly (ProblemCode | undefined)[] = ['STORE_UNAVAILABLE', 'STORAGE_FULL']

/** Whether what a step of a run was refused with passes by itself, or by the operator: the run waits for it and does not fail. */
export const passes = (code: string | undefined): boolean => passingCodes.some((known) => known === code)

/** Why a step can only be done later; undefined where waiting would not help. */
export function passingCause(error: unknown): Refusal | undefined {
  if (error instanceof Refusal && passes(error.code)) return error
  return diskRefusal(error)
}
