import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { memoryBound } from './settings/memory-bound.ts'
import type { Settings } from './settings/settings.ts'

/**
 * Listens until a signal comes. Then `/readyz` answers 503, load balancers get the drain delay to notice, requests in
 * work are finished, and the process exits with 0; after the grace period, or at a second signal, with 1.
 */
export async function serve(settings: Settings): Promise<void> {
  const app = await buildApp(settings)
  closeWithGrace(
    { delay: settings.drainDelay + settings.gracePeriod, logger: app.log },
    async ({ signal, err }) => {
      if (err) app.log.fatal({ err }, 'stopping after a failure')
      else app.log.info({ signal }, 'draining')
      app.lifecycle.phase = 'draining'
      if (!err) await sleep(settings.drainDelay)
      await app.close()
    },
  )
  await app.listen({ host: settings.host, port: settings.port })
  if (isOpen(settings))
    app.log.warn(
      `anybody who reaches ${settings.host} can use this service: MASKSCORE_KEYS is not set and it listens beyond loopback`,
    )
  const [bound, limit] = [memoryBound(settings), process.constrainedMemory()]
  if (limit > 0 && limit < bound)
    app.log.warn(
      { bound, limit },
      'the settings can ask for more memory than there is: see docs/operations.md, sizing',
    )
}

const isOpen = ({ host, keys }: Settings): boolean =>
  Object.keys(keys).length === 0 && !/^(127\.|::1$|localhost$)/.test(host)
