import type { readDefaults } from './read-options.ts'

/** What is known of a format masks are read from, beside its reader. */
export interface MaskFormat {
  /** As sentences call it. */
  readonly name: string
  /** Endings of its files, lower case. A file is known by its first bytes; an ending only finds it in an archive. */
  readonly endings: readonly string[]
  /** First bytes, one of which a file must have, in latin1; `?` matches any byte. */
  readonly marks: readonly string[]
  readonly description: string
  /** Encoding (`*` for bits or a part that varies) and what the label is. */
  readonly encodings: Readonly<Record<string, string>>
  /** Options that matter to it. */
  readonly options: readonly (keyof typeof readDefaults)[]
  /** What of it is refused, each with its code. */
  readonly refused: readonly string[]
}
