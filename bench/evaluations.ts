import { noPostgres, Postgres } from '../test/store/postgres.ts'
import { idle } from './evaluations/idle.ts'
import { latency } from './evaluations/latency.ts'
import { scaling, twoWorkers } from './evaluations/scaling.ts'
import { smallBesideLarge } from './evaluations/small-beside-large.ts'
import { throughput } from './evaluations/throughput.ts'
import { flags } from './flags.ts'
import { print } from './output.ts'

const overPostgres = { scaling, pairs: twoWorkers }
const alone = { throughput, latency, small: smallBesideLarge, idle }

/** Evaluations as a service: beside the command line, over several workers, beside callers who wait, and when nobody asks for one. */
export async function run(): Promise<void> {
  await withPostgres()
  for (const [name, measure] of Object.entries(alone)) if (flags.wants(name)) await measure()
}

async function withPostgres(): Promise<void> {
  const wanted = Object.entries(overPostgres).filter(([name]) => flags.wants(name))
  if (wanted.length === 0) return
  if (noPostgres !== undefined) {
    print(`Not measured over PostgreSQL: ${noPostgres}.\n\n`)
    return
  }
  const postgres = new Postgres()
  try {
    await postgres.start()
    for (const [, measure] of wanted) await measure(postgres)
  } finally {
    await postgres.remove()
  }
}
