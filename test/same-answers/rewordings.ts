import { readFileSync } from 'node:fs'
import type { Answer } from './answers.ts'
import { withoutProse } from './prose.ts'

/** What may differ on purpose. */
export interface Rewordings {
  /** Words of the other checkout → words of this one. */
  readonly replaced: readonly (readonly [from: string, to: string])[]
  /** An answer of this checkout that holds one of these words may be any. */
  readonly intended: readonly string[]
  /** Share by which numbers may differ, where sums are rounded in another way on purpose; 0: not at all. */
  readonly slack: number
  /** Collects what is said to people in other words, which then is no difference; undefined: it is one. */
  readonly said?: Map<string, string> | undefined
}

/**
 * A file of lines `from → to`; `→ to` alone lets any answer turn into one that holds the words. Words stand as in the
 * body, so a quote within JSON is `\"`. Empty lines and lines that begin with `#` say nothing.
 */
export function readRewordings(
  path: string | undefined,
  { slack = 0, said }: Partial<Pick<Rewordings, 'slack' | 'said'>> = {},
): Rewordings {
  const lines = path === undefined ? [] : readFileSync(path, 'utf8').split('\n')
  const entries = lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [from, to, ...more] = line.split('→').map((words) => words.trim())
      if (!to || more.length > 0) throw new Error(`not a line of the form "from → to": ${line}`)
      return [from, to] as const
    })
  return {
    replaced: entries.filter(([from]) => from !== ''),
    intended: entries.filter(([from]) => from === '').map(([, to]) => to),
    slack,
    said,
  }
}

/** Words as the bytes they are: an overlay is no text. */
const bytesOf = (words: string): string => Buffer.from(words).toString('latin1')

/** Where two answers differ; undefined when they are the same but for what may differ. */
export function differenceOf(
  here: Answer,
  there: Answer,
  { replaced, intended, slack, said }: Rewordings,
): string | undefined {
  const unchanged = there.body.toString('latin1')
  const reworded = replaced.reduce(
    (body, [from, to]) => body.replaceAll(bytesOf(from), bytesOf(to)),
    unchanged,
  )
  const [found, expected] = said
    ? withoutWords(here.body.toString('latin1'), reworded, said)
    : [here.body.toString('latin1'), reworded]
  const isSame = found === expected
  if (isSame || (slack > 0 && isNear(found, expected, slack))) {
    // The fingerprint follows from the body.
    const etag = here.body.equals(there.body) ? there.headers.etag : here.headers.etag
    const [mine, theirs] = [
      [here.status, here.headers],
      [there.status, { ...there.headers, etag }],
    ].map((head) => JSON.stringify(head))
    return mine === theirs ? undefined : `\n    here  ${mine}\n    there ${theirs}`
  }
  if (intended.some((words) => found.includes(bytesOf(words)))) return undefined
  let at = 0
  while (found[at] === expected[at] && at < found.length) at++
  const around = (body: string) =>
    JSON.stringify(Buffer.from(body.slice(Math.max(0, at - 80), at + 240), 'latin1').toString())
  return `from byte ${at}\n    here  ${here.status} ${around(found)}\n    there ${there.status} ${around(expected)}`
}

const numbers = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g

/** Whether two texts are the same but for numbers that are near each other. */
function isNear(one: string, other: string, slack: number): boolean {
  if (one.replaceAll(numbers, '#') !== other.replaceAll(numbers, '#')) return false
  const [ours, theirs] = [one, other].map((text) => text.match(numbers) ?? [])
  // Equal texts first: a fingerprint may hold what reads as a number beyond all.
  return ours.every((text, at) => text === theirs[at] || near(Number(text), Number(theirs[at]), slack))
}

const near = (one: number, other: number, slack: number) => Math.abs(one - other) <= slack * Math.abs(other)

/** Both bodies without what is said to people, which is noted where it differs. */
function withoutWords(body: string, other: string, said: Map<string, string>): [string, string] {
  const [ours, theirs] = [withoutProse(body), withoutProse(other)]
  ours.prose.forEach((text, at) => {
    if (theirs.prose[at] !== undefined && theirs.prose[at] !== text) said.set(theirs.prose[at], text)
  })
  return [ours.rest, theirs.rest]
}
