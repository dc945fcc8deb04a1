import type { z } from 'zod'
import type { Kind, Unit } from './units.ts'

export interface Meta {
  /** The chapter of the docs. */
  readonly group: string
  readonly kind: Kind
  readonly description: string
  /** Masked wherever it is shown; may be given as a file. */
  readonly secret?: true
  /** What the docs say where the default depends on the machine. */
  readonly defaultText?: string
}

/** A setting before it has its chapter. */
type Setting<S extends z.ZodType> = Omit<Meta, 'group'> & { readonly schema: S }

type More = Pick<Meta, 'secret' | 'defaultText'>

/** What a setting takes, and what it is for. */
export const setting = <S extends z.ZodType>(
  { schema, kind }: Unit<S>,
  description: string,
  more: More = {},
): Setting<S> => ({ schema, kind, description, ...more })

export const secret = { secret: true } as const

/** Settings of one chapter, by their keys. */
export function chapter<T extends Readonly<Record<string, Setting<z.ZodType>>>>(
  group: string,
  settings: T,
): { readonly [K in keyof T]: T[K] & Meta } {
  const entries = Object.entries(settings).map(([key, one]) => [key, { ...one, group }])
  return Object.fromEntries(entries) as { [K in keyof T]: T[K] & Meta }
}
