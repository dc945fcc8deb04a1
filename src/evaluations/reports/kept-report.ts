import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/** The bytes of a report that is kept as a file, and is made where it is not there yet. */
export async function keptReport(path: string, make: () => Promise<void>): Promise<Readable> {
  const known = await opened(path)
  if (known) return known
  await make()
  const made = await opened(path)
  if (!made) throw new Error('a report was made and is not there')
  return made
}

async function opened(path: string): Promise<Readable | undefined> {
  try {
    return (await open(path)).createReadStream()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
