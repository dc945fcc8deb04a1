import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import packageJson from '../../../package.json' with { type: 'json' }
import { Refusal } from '../../problems/refusal.ts'
import type { Item, Items } from '../sources/item.ts'
import { FileStamps } from './file-stamps.ts'

/** `run.json`: under what a run scores which items, so that it can be resumed. */
export interface RunRecord {
  readonly version: 1
  /** The version of this program. */
  readonly maskscore: string
  /** Everything that changes a row, by name. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Everything else that changes what the run answers: rows that are kept can be asked again. */
  readonly answer: Readonly<Record<string, unknown>>
  readonly items: readonly (readonly [key: string, stamp: string])[]
}

export type RunSettings = Pick<RunRecord, 'settings' | 'answer'>

/** The text of `run.json`, an item a line: a large manifest is longer than a string may be. */
export function* recordText(items: Iterable<Item>, { settings, answer }: RunSettings): Generator<string> {
  const stamps = new FileStamps()
  const head = JSON.stringify({ version: 1, maskscore: packageJson.version, settings, answer })
  yield `${head.slice(0, -1)},"items":[`
  let separator = '\n'
  for (const item of items) {
    yield `${separator}${JSON.stringify([item.key, stamps.of(item)])}`
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** @throws Refusal RESULTS_DAMAGED */
export function readRecord(path: string): RunRecord {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as RunRecord
    if (record.version === 1 && Array.isArray(record.items)) return record
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Refusal('RESULTS_DAMAGED', `${path} is no record of a run.`)
}

const maxNamed = 5

/**
 * The items whose files changed since a record was written.
 * @throws Refusal NOT_RESUMABLE, which names the differences, where the run is another one
 */
export function changedItems(record: RunRecord, items: Items, { settings }: RunSettings): Item[] {
  const differences = [
    ...(record.maskscore === packageJson.version
      ? []
      : [`it was begun by version ${record.maskscore}, this is ${packageJson.version}`]),
    ...settingDifferences(record.settings, asRecorded(settings)),
    ...keyDifferences(
      record.items.map(([key]) => key),
      Array.from(items, ({ key }) => key),
    ),
  ]
  if (differences.length > 0)
    throw new Refusal('NOT_RESUMABLE', `The run that was begun is another one: ${differences.join('; ')}.`)
  const stamps = new FileStamps()
  const changed: Item[] = []
  for (const item of items) if (stamps.of(item) !== record.items[item.index][1]) changed.push(item)
  return changed
}

/** Whether the run would be asked for the same answer. */
export const isSameAnswer = (record: RunRecord, { answer }: RunSettings): boolean =>
  isDeepStrictEqual(record.answer, asRecorded(answer))

type Recorded = RunRecord['settings']

const asRecorded = (settings: Recorded): Recorded => JSON.parse(JSON.stringify(settings))

function settingDifferences(before: Recorded, now: Recorded): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort()
  return names
    .filter((name) => !isDeepStrictEqual(before[name], now[name]))
    .map((name) => `\`${name}\` was ${shown(before[name])} and is ${shown(now[name])}`)
}

const maxShown = 60

function shown(value: unknown): string {
  const text = value === undefined ? 'not given' : JSON.stringify(value)
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}

function keyDifferences(before: readonly string[], now: readonly string[]): string[] {
  const [known, given] = [new Set(before), new Set(now)]
  const list = (keys: readonly string[], what: string) =>
    keys.length === 0
      ? []
      : [
          `${keys.length === 1 ? '1 item is' : `${keys.length} items are`} ${what}: ${keys.slice(0, maxNamed).join(', ')}${keys.length > maxNamed ? ', …' : ''}`,
        ]
  return [
    ...list(
      before.filter((key) => !given.has(key)),
      'gone',
    ),
    ...list(
      now.filter((key) => !known.has(key)),
      'new',
    ),
  ]
}
