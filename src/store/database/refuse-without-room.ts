import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { diskRefusal } from '../../problems/disk-refusal.ts'
import { Refusal } from '../../problems/refusal.ts'

const piece = Buffer.alloc(2 ** 20)
/** MB: two segments of the embedded database's log, or a new database. */
const room = { toGoOn: 32, toBegin: 64 } as const

/**
 * Tries out whether a folder has the room that the embedded database needs, as a quota or a disk that takes no writing cannot be
 * told from outside. Nothing stays.
 * @throws Refusal STORE_UNAVAILABLE
 */
export async function refuseWithoutRoom(folder: string, what: keyof typeof room): Promise<void> {
  const probe = join(folder, `room.${randomUUID().slice(0, 8)}`)
  try {
    const file = await open(probe, 'wx', 0o600)
    try {
      for (let written = 0; written < room[what]; written++) await file.writeFile(piece)
    } finally {
      await file.close()
    }
  } catch (error) {
    const refusal = diskRefusal(error)
    if (!refusal) throw error
    throw new Refusal(
      'STORE_UNAVAILABLE',
      `The embedded database needs ${room[what]} MB of room in the data folder. ${refusal.message}`,
      [],
      'Free room on the disk of `MASKSCORE_DATA_DIR`, or name a larger one; then try again.',
    )
  } finally {
    await rm(probe, { force: true })
  }
}
