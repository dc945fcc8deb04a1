import { type ProblemCode, problems } from '../../problems/catalogue.ts'
import { type FieldError, Refusal } from '../../problems/refusal.ts'

/** An error as plain data: between threads errors lose their class and code. */
export interface Failure {
  readonly message: string
  readonly code?: string | undefined
  readonly refusal?: { readonly errors: readonly FieldError[]; readonly remedy: string }
}

export function failureOf(error: unknown): Failure {
  const { message, code } = error as NodeJS.ErrnoException
  if (!(error instanceof Refusal)) return { message, code }
  return { message, code, refusal: { errors: error.errors, remedy: error.remedy } }
}

export function thrown({ message, code, refusal }: Failure): Error {
  const known = Object.keys(problems).find((name): name is ProblemCode => name === code)
  if (refusal && known) return new Refusal(known, message, refusal.errors, refusal.remedy)
  return Object.assign(new Error(message), code !== undefined && { code })
}
