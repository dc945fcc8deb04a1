import { existsSync, readFileSync } from 'node:fs'
import { it } from 'vitest'

const folder = new URL('../../../shared/samples/', import.meta.url)

/** Bytes of a tool's own sample file. These files are not part of the project. */
export function sample(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, folder)))
}

export const sampleJson = (path: string) => JSON.parse(new TextDecoder().decode(sample(path)))

/** A test on sample files, skipped where they are not at hand. */
export function sampleTest(name: string, run: () => void | Promise<void>): void {
  if (existsSync(folder)) it(name, run)
  else it.skip(`${name} (skipped: the tools' sample files are not here)`, run)
}
