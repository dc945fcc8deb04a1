import { refuseField } from '../../problems/refusal.ts'
import { fileKey } from './file-key.ts'

/** What a path that a pattern matches gives. */
export interface PatternMatch {
  readonly key?: string
  readonly group?: string
}

/** Which paths of a side count, and where their key and group stand. */
export interface Pattern {
  readonly text: string
  readonly hasKey: boolean
  readonly hasGroup: boolean
  /** Its key is a folder, and every file in that is an object of one mask. */
  readonly isOfObjects: boolean
  /** @return undefined for a path that does not match */
  match(path: string): PatternMatch | undefined
}

/** Literals of one folder or file name, and the names of the wildcards between them. */
interface Segment {
  readonly literals: readonly string[]
  readonly wildcards: readonly Wildcard[]
}

type Wildcard = 'any' | 'key' | 'group'

const placeholders: Readonly<Record<string, Wildcard>> = { '*': 'any', '{key}': 'key', '{group}': 'group' }

/**
 * Reads a pattern of literals, `*`, `{key}` and `{group}`, which stay within one name and take as few characters as they
 * can, and of `**` for any number of folders. A path is tried without its extension and with it.
 * @throws Refusal INVALID_OPTIONS with `pointer`
 */
export function parsePattern(text: string, pointer: string): Pattern {
  const refuse = (why: string) =>
    refuseField('INVALID_OPTIONS', pointer, `The pattern ${JSON.stringify(text)} ${why}.`)
  const parts = text.normalize('NFC').split('/')
  if (parts.some((part) => part === '')) throw refuse('has an empty name between its `/`')
  if (parts[parts.length - 1] === '**') throw refuse('ends with `**`: name the files too, as in `**/*`')
  const segments = parts.map((part) => (part === '**' ? part : parseSegment(part, refuse)))
  const has = (name: Wildcard) =>
    segments.some((segment) => segment !== '**' && segment.wildcards.includes(name))
  return {
    text,
    hasKey: has('key'),
    hasGroup: has('group'),
    isOfObjects: has('key') && parts.at(-1)?.split('.')[0] === '*',
    match: (path) => matchPath(segments, fileKey(path)) ?? matchPath(segments, path.normalize('NFC')),
  }
}

function parseSegment(text: string, refuse: (why: string) => Error): Segment {
  const tokens = text.split(/(\*+|\{[^}]*\}?)/)
  const literals = tokens.filter((_, index) => index % 2 === 0)
  const wildcards = tokens
    .filter((_, index) => index % 2 === 1)
    .map((token) => {
      if (!Object.hasOwn(placeholders, token))
        throw refuse(
          `has ${JSON.stringify(token)}; there are *, {key}, {group}, and ** as a folder of its own`,
        )
      return placeholders[token]
    })
  if (literals.slice(1, -1).includes('')) throw refuse('has two wildcards with nothing between them')
  return { literals, wildcards }
}

/** Segments from left to right; after a failure the last `**` takes one folder more. */
function matchPath(pattern: readonly (Segment | '**')[], path: string): PatternMatch | undefined {
  const names = path.split('/')
  const taken: (readonly string[] | undefined)[] = []
  let [at, name] = [0, 0]
  let retry: { at: number; name: number } | undefined
  while (at < pattern.length || name < names.length) {
    const segment = pattern[at]
    if (segment === '**') {
      retry = { at: at + 1, name }
      at++
      continue
    }
    const values = segment && name < names.length ? matchName(segment, names[name]) : undefined
    if (values) {
      taken[at++] = values
      name++
    } else if (retry && retry.name < names.length) {
      retry = { at: retry.at, name: retry.name + 1 }
      at = retry.at
      name = retry.name
    } else return undefined
  }
  return captured(pattern, taken)
}

/**
 * What the wildcards take when each takes as little as it can; undefined where the name does not match. The first place
 * of a literal is always good enough, as the last wildcard can take what is left.
 */
function matchName({ literals, wildcards }: Segment, name: string): string[] | undefined {
  const last = literals.length - 1
  if (!name.startsWith(literals[0])) return undefined
  if (last === 0) return name === literals[0] ? [] : undefined
  const values: string[] = []
  let from = literals[0].length
  for (let index = 1; index <= last; index++) {
    // A key or a group is never empty.
    const least = from + (wildcards[index - 1] === 'any' ? 0 : 1)
    const literal = literals[index]
    const found = index === last ? name.length - literal.length : name.indexOf(literal, least)
    if (found < least || !name.startsWith(literal, found)) return undefined
    values.push(name.slice(from, found))
    from = found + literal.length
  }
  return values
}

/** A name that stands twice must be the same in both places. */
function captured(
  pattern: readonly (Segment | '**')[],
  taken: readonly (readonly string[] | undefined)[],
): PatternMatch | undefined {
  const found: { key?: string; group?: string } = {}
  for (const [index, segment] of pattern.entries()) {
    if (segment === '**') continue
    for (const [place, name] of segment.wildcards.entries()) {
      if (name === 'any') continue
      const value = taken[index]?.[place] ?? ''
      if (found[name] !== undefined && found[name] !== value) return undefined
      found[name] = value
    }
  }
  return found
}
