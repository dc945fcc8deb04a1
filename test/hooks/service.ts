import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { buildApp } from '../../src/app.ts'
import { deliveriesSchema, hookTimes } from '../../src/hooks/hooks.ts'
import type { HookTimes } from '../../src/hooks/tool.ts'
import { loadSettings } from '../../src/settings/settings.ts'

type Delivery = z.output<typeof deliveriesSchema>['deliveries'][number]

export interface HookedService {
  readonly app: FastifyInstance
  readonly url: string
  readonly log: Record<string, unknown>[]
  close(): Promise<void>
  /** Newest first. */
  deliveries(): Promise<Delivery[]>
  /** Waits until so many events are written down. */
  settled(count: number): Promise<Delivery[]>
}

const running: FastifyInstance[] = []

/** The whole service with its hooks; waits are short, nothing is rehearsed, everything else is as in use. */
export async function startHooked(
  env: Record<string, string> = {},
  times: Partial<HookTimes> = {},
): Promise<HookedService> {
  const settings = loadSettings({
    MASKSCORE_THREADS: '1',
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [`MASKSCORE_${name}`, value])),
  })
  const log: Record<string, unknown>[] = []
  const app = await buildApp(settings, {
    isRehearsed: false,
    logTo: { write: (line) => log.push(JSON.parse(line)) },
    // What is kept is tried again in the tests that are about it, not in the middle of others.
    hookTimes: { ...hookTimes, retryDelaysMs: [10, 20], keptDelaysMs: [600_000, 600_000], ...times },
  })
  running.push(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(10)
  const deliveries = async () =>
    deliveriesSchema.parse({ deliveries: await app.hooks.deliveries() }).deliveries
  return {
    app,
    url,
    log,
    close: () => app.close(),
    deliveries,
    settled: settler(deliveries),
  }
}

const shared = new Map<string, Promise<HookedService>>()

/** The same for several tests of a file, as starting takes a while; each sees its own deliveries alone. */
export async function sharedHooked(
  env: Record<string, string> = {},
  times: Partial<HookTimes> = {},
): Promise<HookedService> {
  const key = JSON.stringify([env, times])
  const known = shared.get(key) ?? startHooked(env, times)
  shared.set(key, known)
  const service = await known
  const before = new Set((await service.deliveries()).map(({ id }) => id))
  const deliveries = async () => (await service.deliveries()).filter(({ id }) => !before.has(id))
  return { ...service, deliveries, settled: settler(deliveries) }
}

const settler = (deliveries: () => Promise<Delivery[]>) => async (count: number) => {
  while ((await deliveries()).length < count) await sleep(5)
  return deliveries()
}

export async function stopHooked(): Promise<void> {
  shared.clear()
  await Promise.all(running.splice(0).map((app) => app.close()))
}
