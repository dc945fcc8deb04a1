/** A folder of this machine that callers may name as a source. */
export interface DataRoot {
  readonly name: string
  /** The caller it is for; undefined: for every caller. */
  readonly key: string | undefined
  readonly path: string
}

/** Takes a setting of `MASKSCORE_DATA_ROOTS` apart: `name:/path` or `name@key:/path`. */
export function parseDataRoot(text: string): DataRoot {
  const colon = text.indexOf(':')
  const [name, key] = text.slice(0, colon).split('@')
  return { name, key, path: text.slice(colon + 1) }
}
