import { dirname } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import type { Item } from '../sources/item.ts'

/**
 * Items as a manifest on the disk holds them: paths of files below the folder of all runs begin with a mark, so that the
 * folder may be another one on another machine, or after a restore.
 */
const mark = '{runs}/'

/**
 * A line of `manifest.ndjson`, its end included.
 * @param sources and folders that files may be named of
 * @throws Refusal SOURCE_REFUSED where a link led out of them
 */
export function itemLine(item: Item, runs: string, sources: readonly string[]): string {
  const folder = `${runs}/`
  const relocated = (name: string, value: unknown) => {
    if (name !== 'path' || typeof value !== 'string') return value
    if (!sources.some((source) => isWithin(value, source)))
      throw new Refusal('SOURCE_REFUSED', 'A file of a source lies outside of it, by a link.')
    return value.startsWith(folder) ? mark + value.slice(folder.length) : value
  }
  return `${JSON.stringify(item, relocated)}\n`
}

/** PNGs of a document stand beside it. */
const isWithin = (path: string, source: string): boolean =>
  path === source ||
  path.startsWith(`${source}/`) ||
  (/\.(json|xml|csv|txt)$/i.test(source) && path.startsWith(`${dirname(source)}/`))

export function itemOfLine(line: string, runs: string): Item {
  const item = JSON.parse(line)
  place(item, `${runs}/`)
  return item
}

/** Puts the folder of all runs where the mark stands. A reviver of `JSON.parse` would take several times as long. */
function place(value: object, folder: string): void {
  for (const [name, part] of Object.entries(value))
    if (typeof part === 'object' && part !== null) place(part, folder)
    else if (name === 'path' && typeof part === 'string' && part.startsWith(mark))
      (value as { path: string }).path = folder + part.slice(mark.length)
}
