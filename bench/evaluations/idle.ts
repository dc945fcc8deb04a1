import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { flags } from '../flags.ts'
import { median } from '../measure.ts'
import { maskscore } from '../service/commands.ts'
import { residentMbOf } from '../service/process-tree.ts'
import { type ServerCommand, startServer } from '../service/server-process.ts'
import { printTable } from '../table.ts'
import { atMost } from '../verdict.ts'

const goal = 1.05
const settleMs = 500

/** What a service that nobody asks for an evaluation pays for being able to make one. */
export async function idle(): Promise<void> {
  const starts = flags.quick ? 3 : 20
  const without =
    flags.against === undefined ? maskscore({ MASKSCORE_EVALUATIONS: 'off' }) : maskscore({}, flags.against)
  const ways = { with: maskscore(), without }
  const taken = { with: [] as Start[], without: [] as Start[] }
  for (const command of Object.values(ways)) await oneStart(command)
  for (let k = 0; k < starts; k++)
    for (const name of ['with', 'without'] as const) taken[name].push(await oneStart(ways[name]))
  const row = (title: string, field: keyof Start) => {
    const [more, less] = [taken.with, taken.without].map((list) => median(list.map((one) => one[field])))
    return [title, more, less, atMost(more / less, goal, '×')]
  }
  printTable({
    title: 'A service that nobody asks for an evaluation',
    reading: `Medians of ${starts} interleaved starts, after one of each; resident memory half a second after it is ready.`,
    columns: [
      'what',
      'with evaluations',
      flags.against === undefined ? 'MASKSCORE_EVALUATIONS=off' : 'the other checkout',
      'with / without',
    ],
    rows: [row('start to ready, ms', 'readyMs'), row('idle, MB', 'idleMb')],
  })
}

interface Start {
  readonly readyMs: number
  readonly idleMb: number
}

async function oneStart(command: ServerCommand): Promise<Start> {
  const begun = performance.now()
  const server = await startServer(command)
  try {
    const readyMs = performance.now() - begun
    await sleep(settleMs)
    return { readyMs, idleMb: residentMbOf(server.pid) }
  } finally {
    await server.stop()
  }
}
