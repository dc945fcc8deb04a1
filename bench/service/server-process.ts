import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerCommand {
  readonly command: string
  readonly arguments: (port: number) => string[]
  readonly environment?: (port: number) => Record<string, string>
}

export interface RunningServer {
  readonly pid: number
  readonly port: number
  stop(): Promise<void>
}

const patienceMs = 60_000

/** Starts the server on a free port and waits until its `/readyz` answers 200. */
export async function startServer(server: ServerCommand): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(server.command, server.arguments(port), {
    env: { ...process.env, ...server.environment?.(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await ready(port, child)
  return { pid: child.pid!, port, stop: () => stop(child) }
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(20)
  }
  await stop(child)
  throw new Error(`${child.spawnargs.join(' ')} was not ready in time`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(force)
}

/** The kernel's choice; given back at once, so that another process could take it first (none here does). */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
