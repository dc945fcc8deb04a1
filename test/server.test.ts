import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request as open } from 'node:http'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'

interface ServerProcess {
  readonly port: number
  readonly log: Record<string, unknown>[]
  readonly ended: Promise<{ code: number | null; signal: string | null }>
  kill(signal: NodeJS.Signals): void
}

const running: ServerProcess[] = []
afterEach(() => {
  for (const server of running.splice(0)) server.kill('SIGKILL')
})

/** `node src/server.ts` on a free port, once it is ready. */
async function startProcess(settings: Record<string, string>): Promise<ServerProcess> {
  // A busy machine is no reason to refuse what a test sends.
  const always = { MASKSCORE_PORT: '0', MASKSCORE_THREADS: '1', MASKSCORE_MAX_EVENT_LOOP_DELAY: '0' }
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: { ...process.env, ...always, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const log: Record<string, unknown>[] = []
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const port = await new Promise<number>((resolve) => {
    let address = 0
    createInterface(child.stdout).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      log.push(entry)
      address ||= Number(/listening at http:.*:(\d+)/.exec(String(entry.msg))?.[1] ?? 0)
      if (entry.msg === 'ready') resolve(address)
    })
  })
  const server = { port, log, ended, kill: (signal: NodeJS.Signals) => void child.kill(signal) }
  running.push(server)
  return server
}

/** A scoring of 512×512 labels sent as JSON: some tens of milliseconds of work. */
const rows = Array.from({ length: 512 }, (_, y) =>
  Array.from({ length: 512 }, (_, x) => (x >> 4) * 32 + (y >> 4)),
)
const body = JSON.stringify({
  ground_truth: { format: 'labels', data: rows },
  prediction: { format: 'labels', data: rows },
})

interface Answer {
  readonly status: number
  readonly connection: string | undefined
  readonly body: string
}

function ask(port: number, agent: Agent, path: string, sent?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = sent === undefined ? 'GET' : 'POST'
    const headers =
      sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': sent.length }
    const request = open({ host: '127.0.0.1', port, path, method, agent, headers })
    request.on('error', reject)
    request.on('response', async (response: IncomingMessage) => {
      const { statusCode = 0, headers } = response
      text(response).then(
        (body) => resolve({ status: statusCode, connection: headers.connection, body }),
        reject,
      )
    })
    request.end(sent)
  })
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)

describe('the process', () => {
  it('drains at SIGTERM: loses nothing, is not ready first, waits for no idle connection, exits with 0', async () => {
    const server = await startProcess({
      MASKSCORE_DRAIN_DELAY: '500ms',
      MASKSCORE_REQUEST_TIMEOUT: '20s',
      MASKSCORE_GRACE_PERIOD: '20s',
      MASKSCORE_KEEP_ALIVE_TIMEOUT: '10min',
    })
    const agent = new Agent({ keepAlive: true })
    const answers: Answer[] = []
    const failures: string[] = []
    const client = async () => {
      while (true)
        try {
          answers.push(await ask(server.port, agent, '/v1/score', body))
        } catch (error) {
          failures.push(codeOf(error))
          return
        }
    }
    const probes: (number | string)[] = []
    const probe = async () => {
      while (probes.at(-1) !== 'ECONNREFUSED') {
        const once = new Agent({ keepAlive: false })
        probes.push(await ask(server.port, once, '/readyz').then(({ status }) => status, codeOf))
        await sleep(10)
      }
    }
    // One that asked once and keeps its connection, one that never asks, one that stops within its headers.
    const idle = new Agent({ keepAlive: true })
    expect((await ask(server.port, idle, '/v1/capacity')).status).toBe(200)
    const silent = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')]
    silent[1].write('POST /v1/score HT')
    for (const socket of silent) socket.on('error', () => {})

    const clients = [client(), client(), client(), client()]
    const watched = probe()
    while (answers.length < 5) await sleep(5)
    const before = answers.length
    server.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 0, signal: null })
    await Promise.all([...clients, watched])

    expect(answers.length).toBeGreaterThan(before)
    // Who connected at the very moment of closing is told so, once at most: the next connection is not taken.
    const [done, late] = [200, 503].map((wanted) => answers.filter(({ status }) => status === wanted))
    expect(done.length + late.length).toBe(answers.length)
    expect(late.length).toBeLessThanOrEqual(clients.length)
    for (const { body, connection } of late)
      expect({ code: JSON.parse(body).code, connection }).toEqual({ code: 'DRAINING', connection: 'close' })
    expect(new Set(done.map(({ body }) => body)).size).toBe(1)
    expect(answers.at(-1)?.connection).toBe('close')
    // Every request the service saw has its answer at its client.
    const seen = server.log.filter(({ route }) => route === '/v1/score').map(({ outcome }) => outcome)
    const outcomes = [...done.map(() => 'OK'), ...late.map(() => 'DRAINING')]
    expect(seen.toSorted()).toEqual(outcomes.toSorted())
    expect(failures).toHaveLength(4)
    const turn = probes.indexOf(503)
    expect(turn).toBeGreaterThan(0)
    expect(new Set(probes.slice(0, turn))).toEqual(new Set([200]))
    expect(probes.slice(turn)).not.toContain(200)
    agent.destroy()
    idle.destroy()
  })

  it('says at a port that is taken how to take another one', async () => {
    const { port } = await startProcess({})
    const second = spawn(process.execPath, ['src/server.ts'], {
      env: { ...process.env, MASKSCORE_PORT: String(port), MASKSCORE_THREADS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(second, 'exit')
    expect(await text(second.stderr)).toMatch(
      new RegExp(`address already in use .*:${port}\\. .*MASKSCORE_PORT=8081`),
    )
    expect((await ended)[0]).toBe(1)
  })

  it('exits at once at a second signal', async () => {
    const server = await startProcess({ MASKSCORE_DRAIN_DELAY: '10min', MASKSCORE_GRACE_PERIOD: '10min' })
    server.kill('SIGTERM')
    while (!server.log.some(({ msg }) => msg === 'draining')) await sleep(5)
    server.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 1, signal: null })
  })

  it('ends with 1 when the grace period is over', async () => {
    const server = await startProcess({
      MASKSCORE_REQUEST_TIMEOUT: '300ms',
      MASKSCORE_GRACE_PERIOD: '300ms',
    })
    // Goes on when the service has answered and ended its side: the connection lingers for longer than the grace.
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => {})
    socket.write(
      'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    )
    while (!JSON.parse((await ask(server.port, new Agent(), '/v1/capacity')).body).receiving) await sleep(5)
    server.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 1, signal: null })
  })
})
