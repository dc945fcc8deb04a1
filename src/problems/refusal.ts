import { type ProblemCode, problems } from './catalogue.ts'

/** One field concerned: a JSON pointer into the request (`/prediction`, `/options/log_base`). */
export interface FieldError {
  readonly pointer: string
  readonly code: string
  readonly message: string
}

/**
 * An expected refusal. `detail` says what is wrong with this input; pointers are relative to the thing that
 * was read ('' = the thing itself) until a caller that knows its place adds it with `under`.
 */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly errors: readonly FieldError[]
  /** What the caller can do: the catalogue's words, unless this refusal has better ones. */
  readonly remedy: string

  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly FieldError[] = [],
    remedy: string = problems[code].remedy,
  ) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.errors = errors
    this.remedy = remedy
  }

  /** The same refusal, its pointers (or itself, when it names none) placed under `prefix`. */
  under(prefix: string): Refusal {
    const errors =
      this.errors.length > 0 ? this.errors : [{ pointer: '', code: this.code, message: this.message }]
    return new Refusal(
      this.code,
      this.message,
      errors.map((error) => ({ ...error, pointer: prefix + error.pointer })),
      this.remedy,
    )
  }

  /** The same refusal with a remedy of its own, where following the catalogue's would lead to the next refusal. */
  advising(remedy: string): Refusal {
    return new Refusal(this.code, this.message, this.errors, remedy)
  }
}

/** A refusal that concerns one field. */
export function refuseField(code: ProblemCode, pointer: string, message: string): Refusal {
  return new Refusal(code, message, [{ pointer, code, message }])
}

/** Runs `read`, which may be asynchronous; a refusal out of it gets its pointers placed under `prefix`. */
export function placedUnder<T>(prefix: string, read: () => T): T {
  const placed = (error: unknown): never => {
    throw error instanceof Refusal ? error.under(prefix) : error
  }
  try {
    const result = read()
    return result instanceof Promise ? (result.catch(placed) as T) : result
  } catch (error) {
    return placed(error)
  }
}
