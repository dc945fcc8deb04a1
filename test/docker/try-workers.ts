import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { repeatedPairs } from '../../bench/evaluations/repeated-pairs.ts'
import { beginRun, doneRun, runUntil } from '../../bench/evaluations/run-client.ts'
import { pairSpecs } from '../../bench/images/pair-spec.ts'
import { freePort } from '../../bench/service/server-process.ts'
import { noPostgres, Postgres } from '../store/postgres.ts'
import { root } from './dockerfile.ts'
import { runtimeConfig } from './runtime-config.ts'

/**
 * Runs one service that only accepts and two workers, all of the image, over a PostgreSQL of this machine; one worker is killed
 * while a dataset is scored. The run must end with all items and the summary of the command line.
 *
 *   try-workers.ts INSPECTED ROOT SCRATCH      (as root; try-image.sh calls it)
 */
const [inspected, imageRoot, scratch] = process.argv.slice(2)
const items = 4000
const options = { labels: 'classes', ignore_labels: [255], replicates: 200 }

/** A container of the image that runs by itself. */
class Container {
  readonly #name: string
  readonly #process: ChildProcess
  readonly output: Promise<string>

  constructor(kind: string, args: readonly string[], environment: Record<string, string>) {
    this.#name = `maskscore-${kind}-${process.pid}`
    const bundle = join(scratch, kind)
    mkdirSync(bundle)
    const folders = {
      '/app/data': { source: data },
      '/mnt': { source: dataset.folder, isReadonly: true },
    }
    const order = { inspected, root: imageRoot, args, environment, folders }
    writeFileSync(join(bundle, 'config.json'), runtimeConfig(order))
    this.#process = spawn('runc', [...runc, 'run', '--bundle', bundle, this.#name], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const { stdout, stderr } = this.#process
    this.output = Promise.all([text(stdout!), text(stderr!)]).then((both) => both.join(''))
  }

  /** @return its exit code */
  async end(signal: 'TERM' | 'KILL'): Promise<number | null> {
    const ended = once(this.#process, 'exit')
    execFileSync('runc', [...runc, 'kill', this.#name, signal])
    await ended
    return this.#process.exitCode
  }

  remove(): void {
    if (this.#process.exitCode === null) execFileSync('runc', [...runc, 'delete', '--force', this.#name])
  }
}

if (noPostgres !== undefined) throw new Error(noPostgres)
const runc = ['--root', join(scratch, 'runc')]
const data = join(scratch, 'shared-data')
mkdirSync(data)
chmodSync(data, 0o1777)
const dataset = await repeatedPairs('b', pairSpecs.b, items)
const postgres = new Postgres()
const containers: Container[] = []
try {
  await postgres.start()
  const port = await freePort()
  const shared = {
    MASKSCORE_THREADS: '1',
    MASKSCORE_DATA_DIR: '/app/data',
    MASKSCORE_DATABASE_URL: await postgres.database(),
    MASKSCORE_DATA_ROOTS: 'pairs:/mnt',
  }
  const start = (kind: string, args: readonly string[], more: Record<string, string> = {}) => {
    const container = new Container(kind, args, { ...shared, ...more })
    containers.push(container)
    return container
  }
  const service = start('service', ['serve'], {
    MASKSCORE_PORT: String(port),
    MASKSCORE_EVALUATION_THREADS: '0',
  })
  const [lost, left] = ['first', 'second'].map((kind) => start(kind, ['work']))
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await sleep(100)

  const source = (path: string) => ({ root: 'pairs', path })
  const address = await beginRun(url, {
    ground_truth: source(''),
    manifest: source(dataset.manifest),
    options,
  })
  const { progress } = await runUntil(address, (run) => run.progress.done > items / 5)
  await lost.end('KILL')
  const killed = performance.now()
  const run = await doneRun(address)
  const seconds = Math.round((performance.now() - killed) / 1000)
  console.log(`a worker lost at ${progress.done} of ${items} items; done ${seconds} s later`)

  const expected = join(scratch, 'expected')
  const args = ['evaluate', '--manifest', join(dataset.folder, dataset.manifest), '--out', expected]
  const flags = ['--options', JSON.stringify(options), '--progress', 'none', '--json']
  execFileSync(process.execPath, [join(root, 'src/cli.ts'), ...args, ...flags], { stdio: 'ignore' })
  const { scored, failed } = run.summary?.items ?? {}
  if (run.complete !== true || scored !== items || failed !== 0)
    throw new Error(`the run is not complete: ${JSON.stringify(run.summary?.items)}`)
  if (!isDeepStrictEqual(run.summary, JSON.parse(readFileSync(join(expected, 'summary.json'), 'utf8'))))
    throw new Error('the summary is not that of the command line')
  console.log(`${scored} items scored, none lost or twice; the summary is that of the command line`)
  for (const [kind, container] of Object.entries({ service, worker: left })) {
    const status = await container.end('TERM')
    console.log(`SIGTERM to the ${kind}: exit code ${status}`)
    if (status !== 0) throw new Error(await container.output)
  }
} finally {
  for (const container of containers) container.remove()
  await postgres.remove()
}
