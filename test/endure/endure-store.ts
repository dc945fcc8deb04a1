import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../evaluations/random.ts'
import { KilledService, options, summaryIn } from '../store/killed-service.ts'
import { noPostgres, Postgres } from '../store/postgres.ts'

const moments = 20
const items = 1200

/**
 * Kills the service of the embedded database, and one of two workers over PostgreSQL where there is one, at random moments.
 * @return how many runs did not end with the bytes of the command line
 */
export async function endureStore(random: Random): Promise<number> {
  const service = new KilledService(items)
  const postgres = noPostgres === undefined ? new Postgres() : undefined
  let failed = 0
  const tell = (what: string, isSame: boolean) => {
    if (!isSame) failed++
    process.stdout.write(`${what}: ${isSame ? 'the same' : 'DIFFERENT'}\n`)
  }
  const begin = { gt: service.gt, pred: service.pred, options }
  try {
    await service.prepare()
    await postgres?.start()
    for (let moment = 0; moment < moments; moment++) {
      const rows = Math.ceil(items * random.uniform())
      const dataDir = service.newFolder()
      await service.killAt(service.start({ dataDir, begin, slowMs: 20 }), dataDir, rows)
      await service.ended(service.start({ dataDir, slowMs: 0 }))
      tell(`embedded, killed at ${rows} rows`, summaryIn(dataDir) === service.expected)
      rmSync(dataDir, { recursive: true })
      if (!postgres) continue
      const databaseUrl = await postgres.database()
      const shared = service.newFolder()
      const killed = service.start({ dataDir: shared, databaseUrl, begin, slowMs: 20 })
      await told(killed)
      const other = service.start({ dataDir: shared, databaseUrl, slowMs: 20 })
      await service.killAt(killed, shared, rows)
      await service.ended(other)
      tell(`PostgreSQL, one of two killed at ${rows} rows`, summaryIn(shared) === service.expected)
      rmSync(shared, { recursive: true })
    }
    if (postgres) tell('PostgreSQL, one of two frozen for 20 s', await isSameWhenFrozen(service, postgres))
    if (noPostgres !== undefined) process.stdout.write(`PostgreSQL is left out: ${noPostgres}\n`)
  } finally {
    service.remove()
    await postgres?.remove()
  }
  return failed
}

/** Another worker takes what a frozen one had; when that goes on, it ends nothing a second time. */
async function isSameWhenFrozen(service: KilledService, postgres: Postgres): Promise<boolean> {
  const dataDir = service.newFolder()
  const databaseUrl = await postgres.database()
  const begin = { gt: service.gt, pred: service.pred, options }
  const frozen = service.start({ dataDir, databaseUrl, begin, slowMs: 40 })
  await told(frozen)
  await sleep(1500)
  frozen.kill('SIGSTOP')
  const other = service.start({ dataDir, databaseUrl, slowMs: 0 })
  await sleep(20_000)
  frozen.kill('SIGCONT')
  const codes = [await service.ended(other), await service.ended(frozen)]
  return codes.every((code) => code === 0) && summaryIn(dataDir) === service.expected
}

/** Resolves when the process has told the id of the run that it began, or has ended. */
const told = (child: ReturnType<KilledService['start']>): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', () => resolve())
  })
