import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultLimits } from '../src/limits.ts'
import type { Task } from '../src/tasks/task.ts'
import { Pool } from '../src/workers/pool.ts'
import type { Command } from '../test/workers/stand-in.ts'
import { contentType } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { residentMbOf } from './service/process-tree.ts'
import { type RunningServer, startServer } from './service/server-process.ts'
import { printTable } from './table.ts'

const uploads = 1000
const atOnce = 50
const rounds = 6
const sentBytes = 300_000

/** What is left of uploads that were broken off, and how soon a pool is whole that lost a worker. */
export async function run(): Promise<void> {
  await brokenUploads()
  await lostWorkers()
}

async function brokenUploads(): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'maskscore-uploads-'))
  const server = await startServer(maskscore({ TMPDIR: temporary, MASKSCORE_QUEUE_LIMIT: `${2 * atOnce}` }))
  try {
    const rows = [await left('before', server, temporary)]
    for (let round = 1; round <= rounds; round++) {
      for (let sent = 0; sent < uploads; sent += atOnce)
        await Promise.all(Array.from({ length: atOnce }, () => brokenUpload(server.port)))
      while ((await insideOf(server.port)) > 0) await sleep(10)
      rows.push(await left(`after ${round * uploads}`, server, temporary))
    }
    printTable({
      title: `Uploads broken off after ${sentBytes / 1000} kB, ${atOnce} at a time`,
      reading:
        'Requests inside, open descriptors, files in the temporary folder, resident MB: all stay as they are.',
      columns: ['uploads', 'inside', 'descriptors', 'files', 'RSS, MB'],
      rows,
    })
  } finally {
    await server.stop()
    rmSync(temporary, { recursive: true })
  }
}

async function left(
  when: string,
  { port, pid }: RunningServer,
  temporary: string,
): Promise<(string | number)[]> {
  const inside = await insideOf(port)
  // The connections of the last uploads are closed by now or within a moment.
  await sleep(500)
  const descriptors = readdirSync(`/proc/${pid}/fd`).length
  const files = readdirSync(temporary, { recursive: true }).length
  return [when, `${inside}`, `${descriptors}`, `${files}`, residentMbOf(pid)]
}

async function insideOf(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/capacity`, { headers: { connection: 'close' } })
  const { busy, queued } = (await answer.json()) as { busy: number; queued: number }
  return busy + queued
}

/** Sends the head and a part of a body of which it said that it is twice as long, and is gone. */
async function brokenUpload(port: number): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const boundary = contentType.split('=')[1]
  socket.write(
    `POST /v1/score HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nContent-Length: ${2 * sentBytes}\r\n\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="prediction"; filename="a"\r\n\r\n`,
  )
  await new Promise((resolve) => socket.write(Buffer.alloc(sentBytes, 1), resolve))
  socket.destroy()
}

/** Milliseconds. */
const wholeGoal = 1000

async function lostWorkers(): Promise<void> {
  const pool = new Pool({
    threads: 2,
    context: { limits: defaultLimits, pngDecoder: 'auto' },
    workerMemory: 2 ** 26,
    stuckMs: 60_000,
    worker: new URL('../test/workers/stand-in.ts', import.meta.url),
  })
  const task = (command: Command): Task => ({
    call: 'score',
    body: { type: 'json', bytes: new TextEncoder().encode(JSON.stringify(command)) },
  })
  const rows = []
  for (const [what, command] of [
    ['exits', { end: 'exit' }],
    ['runs out of memory', { end: 'out of memory' }],
  ] as const) {
    await Promise.all([pool.run(task({ ms: 50 })), pool.run(task({ ms: 50 }))])
    const other = pool.run(task({ ms: 3000 }))
    await pool.run(task(command)).catch(() => {})
    const failed = performance.now()
    // The other worker is busy: whatever is done now, the new one does.
    await pool.run(task({}))
    const ms = performance.now() - failed
    const { outcome } = await other
    rows.push([what, ms, ms <= wholeGoal ? 'yes' : 'NO', outcome.ok ? 'answered' : 'LOST'])
  }
  await pool.close()
  printTable({
    title: 'A worker is lost in the middle of a scoring',
    reading: `Milliseconds from the failure of its request to the first answer of the worker in its place; ${wholeGoal} at most.`,
    columns: ['the worker', 'ms', 'kept', 'the request beside it'],
    rows,
  })
}
