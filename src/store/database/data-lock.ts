import { setTimeout as sleep } from 'node:timers/promises'
import { type FolderLock, isHolderSeen, lockFolder } from '../../evaluations/running/run-lock.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Log } from '../store-parts.ts'

/** Two processes that opened one database would each overwrite what the other wrote. */
const name = 'pglite.lock'
const touchMs = 5000
const touchedWithin = 3 * touchMs
const retryMs = 500

/**
 * Takes the lock of a data folder. After a killed container its lock counts as held for some seconds, as nobody can see
 * whether its process lives: that long it is waited for.
 * @throws Refusal STORE_UNAVAILABLE while another process holds it
 */
export async function lockData(folder: string, log: Log): Promise<{ release(): void }> {
  const lock = await taken(folder, log)
  const timer = setInterval(() => {
    try {
      lock.touch()
    } catch (error) {
      log.warn({ err: error }, 'the lock of the data folder cannot be touched')
    }
  }, touchMs)
  timer.unref()
  return {
    release() {
      clearInterval(timer)
      lock.release()
    },
  }
}

async function taken(folder: string, log: Log): Promise<FolderLock> {
  const end = performance.now() + touchedWithin + retryMs
  for (;;) {
    try {
      return lockFolder(folder, { name, touchedWithin })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (isHolderSeen(folder, name) || performance.now() > end) {
        // Callers are told no paths.
        log.error({ err: error }, 'the data folder is open in another process')
        throw new Refusal('STORE_UNAVAILABLE', 'Another process has opened the data folder.').advising(
          'The operator stops the other one, gives each a folder of its own (`MASKSCORE_DATA_DIR`), or has them share a server (`MASKSCORE_DATABASE_URL`).',
        )
      }
    }
    await sleep(retryMs)
  }
}
