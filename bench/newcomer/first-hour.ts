import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../service/server-process.ts'

const patienceMs = 15 * 60_000

export const milestones = [
  'cloned',
  'installed, and the service is ready',
  'first score',
  'first report of a dataset',
  'first number in Python',
] as const
export type Milestone = (typeof milestones)[number]

/** What the pages say, as they say it. */
export interface NewcomerCommands {
  /** Installs and starts the service. */
  readonly install: string
  readonly score: string
  readonly evaluate: string
  /** Installs the Python client. */
  readonly python: string
}

/**
 * Types the commands in a clone of `repository` that is made at `folder`.
 *
 * @returns seconds since the clone began
 * @throws Error when a command fails, or does not do what it is for
 */
export async function firstHour(
  repository: string,
  folder: string,
  commands: NewcomerCommands,
  env: Readonly<Record<string, string>>,
): Promise<Record<Milestone, number>> {
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  // No links to the files of this checkout, as a clone over the network has none.
  await promisify(execFile)('git', ['clone', '--quiet', '--no-hardlinks', repository, folder], { env })
  const reached: Partial<Record<Milestone, number>> = { cloned: seconds() }
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const here = { ...env, MASKSCORE_PORT: String(port), MASKSCORE_CLIENT_URL: address }
  const type = async (command: string): Promise<string> => {
    const atPort = command.replaceAll('localhost:8080', `localhost:${port}`)
    return (await promisify(execFile)('bash', ['-ec', atPort], { cwd: folder, env: here })).stdout
  }
  // A group of its own, so that the shell, npm and the service can be ended together.
  const service = spawn('bash', ['-c', commands.install], {
    cwd: folder,
    env: here,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(service, 'exit')
  let complaints = ''
  service.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000)
  })
  try {
    while (!(await fetch(`${address}/readyz`).catch(() => undefined))?.ok) {
      if (service.exitCode !== null)
        throw new Error(`"${commands.install}" ended with ${service.exitCode}:\n${complaints}`)
      if (performance.now() - begun > patienceMs)
        throw new Error(`"${commands.install}" is not ready in time`)
      await sleep(50)
    }
    reached['installed, and the service is ready'] = seconds()
    if (!(await type(commands.score)).includes('"mi_loss"')) throw new Error('no score was answered')
    reached['first score'] = seconds()
    await type(`${commands.evaluate} --out results`)
    if (!existsSync(join(folder, 'results/report.html'))) throw new Error('no report was written')
    reached['first report of a dataset'] = seconds()
    const [truth, prediction] = ['ground-truth', 'prediction'].map((name) => `examples/pair/${name}.png`)
    const number = await type(
      `${commands.python}\npython -c 'from maskscore import Client; print(Client().score("${truth}", "${prediction}").mi_loss)'`,
    )
    if (!number.trim().endsWith('0.1723121168949473')) throw new Error(`Python printed ${number}`)
    reached['first number in Python'] = seconds()
  } finally {
    if (service.exitCode === null && service.pid !== undefined) process.kill(-service.pid, 'SIGTERM')
    await ended
  }
  return reached as Record<Milestone, number>
}
