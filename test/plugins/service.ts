import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { type AppParts, buildApp } from '../../src/app.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import type { Command } from '../workers/stand-in.ts'

export interface Service {
  readonly app: FastifyInstance
  readonly url: string
  readonly port: number
  /** Log lines so far, parsed. */
  readonly log: Record<string, unknown>[]
}

const running: FastifyInstance[] = []
const opened: Socket[] = []

const standIn = { worker: new URL('../workers/stand-in.ts', import.meta.url), isRehearsed: false }

/** The service on a free port, with the stand-in for its workers unless other parts are given. */
export async function startService(
  env: Record<string, string> = {},
  parts: AppParts = standIn,
): Promise<Service> {
  const settings = loadSettings({
    MASKSCORE_THREADS: '1',
    MASKSCORE_QUEUE_LIMIT: '2',
    // A busy machine is no reason to refuse what a test sends.
    MASKSCORE_MAX_EVENT_LOOP_DELAY: '0',
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [`MASKSCORE_${name}`, value])),
  })
  const log: Record<string, unknown>[] = []
  const app = await buildApp(settings, { ...parts, logTo: { write: (line) => log.push(JSON.parse(line)) } })
  running.push(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const service = { app, url: `http://127.0.0.1:${port}`, port, log }
  while ((await fetch(`${service.url}/readyz`)).status !== 200) await sleep(5)
  return service
}

export async function stopServices(): Promise<void> {
  for (const socket of opened.splice(0)) socket.destroy()
  await Promise.all(running.splice(0).map((app) => app.close()))
}

/** A scoring that the stand-in performs as told. */
export function score(
  { url }: Service,
  command: Command,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/v1/score`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(command),
  })
}

/** A connection on which bytes are written by hand, and everything that came back. */
export interface RawConnection {
  readonly socket: Socket
  /** All that was received once the other side has ended the connection. */
  readonly whole: Promise<string>
  /** The other side takes nothing any more either. */
  readonly closed: Promise<void>
  received(): string
}

/** Goes on sending when the other side has ended, as a hostile client would. */
export function openRaw({ port }: Service): RawConnection {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
  })
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve()).on('error', () => {})
  })
  const ended = new Promise<void>((resolve) => socket.on('end', resolve))
  const whole = Promise.race([ended, closed]).then(() => text)
  opened.push(socket)
  return { socket, whole, closed, received: () => text }
}

/** Status and JSON body of an answer as it came over the wire. */
export function parseAnswer(text: string): { status: number; head: string; json: Record<string, unknown> } {
  const [head, body] = text.split('\r\n\r\n', 2)
  return { status: Number(head.split(' ', 2)[1]), head, json: body ? JSON.parse(body) : {} }
}

/** Waits until something holds; the test's own timeout is the limit. */
export async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(5)
}
