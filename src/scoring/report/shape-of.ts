import type { z } from 'zod'
import type { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'

/**
 * The Zod shape of a computed object, one schema a field. `z.strictObject({ … } satisfies ShapeOf<Pairs>)` does not
 * compile while a field is computed and not described, or described and not computed.
 */
export type ShapeOf<Computed> = {
  readonly [Key in keyof Required<Computed>]: z.ZodType<Described<Computed[Key]>>
}

/** `T` as its schema reads it: undefined scores are null, and what may be absent may be undefined. */
type Described<T> = T extends UndefinedScore
  ? null
  : T extends readonly (infer Item)[]
    ? readonly Described<Item>[]
    : T extends object
      ? {
          readonly [Key in keyof T]: Described<T[Key]> | (IsOptional<T, Key> extends true ? undefined : never)
        }
      : T

type IsOptional<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? true : false
