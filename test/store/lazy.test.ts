import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { dataset } from '../evaluations/running/dataset.ts'

const root = join(import.meta.dirname, '../..')
const { folder } = dataset(4)
const out = mkdtempSync(join(tmpdir(), 'maskscore-lazy-'))
afterAll(() => {
  for (const path of [folder, out]) rmSync(path, { recursive: true })
})

const node = ['--import', pathToFileURL(join(import.meta.dirname, 'loaded-modules.ts')).href]
/** What a service that only scores pairs, and the command line, pay nothing for. */
const heavy = /loads .*(node_modules\/(pg|pg-boss|pg-pool|@electric-sql)\/|src\/store\/(pg|postgres|open-))/g

describe('the libraries of the store', () => {
  it.each([
    ['score', [join(folder, 'gt/00000.npy'), join(folder, 'pred/00000.npy')]],
    ['evaluate', [join(folder, 'gt'), join(folder, 'pred'), '--on-missing', 'skip']],
  ])('are not loaded by %s', (command, args) => {
    const { stderr } = spawnSync(process.execPath, [...node, join(root, 'src/cli.ts'), command, ...args], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('loads ')
    expect(stderr.match(heavy)).toBeNull()
  })

  it('are not loaded by a service that nobody asks for an evaluation', async () => {
    const env = { ...process.env, MASKSCORE_PORT: '0', MASKSCORE_THREADS: '1', MASKSCORE_DATA_DIR: out }
    const service = spawn(process.execPath, [...node, join(root, 'src/server.ts')], { env, stdio: 'pipe' })
    let told = ''
    service.stderr.on('data', (text) => {
      told += text
    })
    let log = ''
    for await (const text of service.stdout) {
      log += text
      if (log.includes('listening')) break
    }
    service.kill('SIGTERM')
    await once(service, 'exit')
    expect(told).toContain('loads ')
    expect(told.match(heavy)).toBeNull()
  })
})
