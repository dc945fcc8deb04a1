import { setTimeout as sleep } from 'node:timers/promises'
import { flags } from './flags.ts'
import { syntheticPair } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { runScript, underLoad } from './service/load.ts'
import { watchProbes } from './service/probes.ts'
import { forgetPeak, peakMbOf, residentMbOf } from './service/process-tree.ts'
import { startServer } from './service/server-process.ts'
import type { SlowOrder, SlowResult } from './service/slow-senders.ts'
import { printTable } from './table.ts'

const connections = 1000
const bytesPerSecond = 2000
const path = '/v1/score'
const threads = 2

/** Honest requests, one after the other on each connection, while many connections send slowly: none may be refused. */
export async function slowAttack(): Promise<void> {
  const pair = { ...syntheticPair('a'), name: 'a' }
  const honest = { connections: threads, seconds: 3 * flags.seconds }
  const server = await startServer(maskscore({ MASKSCORE_THREADS: `${threads}` }))
  try {
    const idleMb = residentMbOf(server.pid)
    const before = await underLoad(server, path, pair, honest)
    const warmMb = residentMbOf(server.pid)
    forgetPeak(server.pid)
    let isOver = false
    const probing = watchProbes(server.port, () => isOver)
    const order: SlowOrder = {
      port: server.port,
      path,
      connections,
      bytesPerSecond,
      seconds: 4 + 4 * flags.seconds,
    }
    const attack = runScript<SlowResult>('slow-senders.ts', order)
    await sleep(2000)
    // Throws when one honest request is not answered with 200.
    const during = await underLoad(server, path, pair, honest)
    const { opened, mostOpen } = await attack
    isOver = true
    const probes = await probing
    printTable({
      title: `${connections} connections that send ${bytesPerSecond} bytes a second each`,
      reading: `Each announces 50 MB and comes again when it is given up: ${opened} connections, ${mostOpen} at the same time. Every honest request was answered with 200 (${pair.width}×${pair.height}, ${threads} connections), and ${probes.failed} of ${probes.ms.length + probes.failed} probes failed.`,
      columns: ['', 'before', 'under attack'],
      rows: [
        ['honest pairs a second', before.perSecond, during.perSecond],
        ['p99 ms', before.p99Ms, during.p99Ms],
        ['resident MB', warmMb, peakMbOf(server.pid)],
        ['longest probe ms', '', Math.max(...probes.ms)],
        ['idle MB', idleMb, ''],
      ],
    })
  } finally {
    await server.stop()
  }
}
