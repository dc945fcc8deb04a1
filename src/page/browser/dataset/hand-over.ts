import type { DatasetSource } from './dataset-source.ts'
import { entriesOf } from './dropped-entries.ts'

let waiting: Promise<readonly DatasetSource[]> | undefined

/**
 * Gives a dataset that was dropped elsewhere to the screen of new runs, and goes there.
 * @param read with the module that reads entries and files, which comes only now
 */
export async function handOver(
  read: (how: typeof import('./read-drop.ts')) => Promise<readonly DatasetSource[]> | DatasetSource[],
): Promise<void> {
  waiting = import('./read-drop.ts').then(read)
  // Who takes it tells why it cannot be read.
  waiting.catch(() => undefined)
  location.hash = '#/runs/new'
}

/** A dataset that is dropped becomes a new run. */
export function handOverDrop(data: DataTransfer | null): void {
  const entries = entriesOf(data)
  handOver(({ sourcesOfEntries }) => sourcesOfEntries(entries))
}

/** What was handed over, once; undefined where there is nothing. */
export function takeHandedOver(): Promise<readonly DatasetSource[]> | undefined {
  const taken = waiting
  waiting = undefined
  return taken
}
