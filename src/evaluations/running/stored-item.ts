import type { Item } from '../sources/item.ts'

/**
 * Items as a manifest on the disk holds them: paths of files below the folder of all runs begin with a mark, so that the
 * folder may be another one on another machine, or after a restore.
 */
const mark = '{runs}/'

/** A line of `manifest.ndjson`, its end included. */
export function itemLine(item: Item, runs: string): string {
  const folder = `${runs}/`
  const relocated = (name: string, value: unknown) =>
    name === 'path' && typeof value === 'string' && value.startsWith(folder)
      ? mark + value.slice(folder.length)
      : value
  return `${JSON.stringify(item, relocated)}\n`
}

export function itemOfLine(line: string, runs: string): Item {
  return JSON.parse(line, (name, value: unknown) =>
    name === 'path' && typeof value === 'string' && value.startsWith(mark)
      ? `${runs}/${value.slice(mark.length)}`
      : value,
  )
}
