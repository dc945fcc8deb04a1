import { execFile } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const pair = ['ground-truth', 'prediction'].map((side) => join(root, `examples/pair/${side}.png`))
const loss = 0.1723121168949473

// npm asks the registry for what its cache lacks; `npm ci` has filled the cache.
const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']

describe('the package, built and installed into an empty folder', () => {
  let folder: string
  const inFolder = (...args: string[]) => run(process.execPath, args, { cwd: folder })
  const bin = (...args: string[]) => inFolder('node_modules/maskscore/bin/maskscore.js', ...args)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskscore-package-'))
    await run(process.execPath, ['tools/package/build.ts'], { cwd: root })
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}')
    await run('npm', [...install, join(root, `dist/maskscore-${version}.tgz`)], { cwd: folder })
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('holds JavaScript and types, and no source of the program or of its tests', () => {
    const files = globSync('node_modules/maskscore/**/*', { cwd: folder })
    expect(files.filter((path) => /\.ts$/.test(path) && !path.endsWith('.d.ts'))).toEqual([])
    expect(files.filter((path) => /maskscore\/(test|bench|tools)\b/.test(path))).toEqual([])
    for (const path of files.filter((path) => path.endsWith('.js')))
      expect(readFileSync(join(folder, path), 'utf8')).not.toMatch(/(import|URL)\('\.[^']*\.ts'/)
  })

  it('serves the page with all its modules', async () => {
    writeFileSync(
      join(folder, 'page.ts'),
      `import { buildApp } from 'maskscore/app'
import { loadSettings } from 'maskscore/settings'
const app = await buildApp(loadSettings({ MASKSCORE_THREADS: '1', MASKSCORE_LOG_LEVEL: 'silent' }))
const html = (await app.inject('/')).body
const statuses = new Set()
for (const [, link] of html.matchAll(/(?:href|src)="\\.(\\/page\\/[^"]+)"/g)) statuses.add((await app.inject(link)).statusCode)
console.log([...statuses].join(), [...html.matchAll(/modulepreload/g)].length > 30)
await app.close()
`,
    )
    expect((await inFolder('page.ts')).stdout).toBe('200 true\n')
  })

  it('scores a pair and a dataset on the command line, in its worker threads', async () => {
    const scored = await bin('score', ...pair, '--json')
    expect(JSON.parse(scored.stdout)).toMatchObject({ mi_loss: loss })
    const dataset = join(root, 'examples/dataset')
    const options = ['--options', join(dataset, 'options.json'), '--json']
    const evaluated = await bin(
      'evaluate',
      join(dataset, 'ground-truth'),
      join(dataset, 'this-week'),
      ...options,
    )
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ complete: true, items: { scored: 12 } })
  })

  it('scores a pair from code by the names it exports, whose types TypeScript finds', async () => {
    writeFileSync(
      join(folder, 'score.ts'),
      `import { readFile } from 'node:fs/promises'
import { defaultLimits } from 'maskscore/limits'
import { parseScoreOptions } from 'maskscore/options'
import { scorePair } from 'maskscore'
const file = async (path: string) => ({ kind: 'file', bytes: await readFile(path) }) as const
const masks = { groundTruth: await file(${JSON.stringify(pair[0])}), prediction: await file(${JSON.stringify(pair[1])}) }
const { report } = await scorePair(masks, parseScoreOptions({}), { limits: defaultLimits, pngDecoder: 'auto' })
const loss: number | null = report.mi_loss
console.log(loss)
`,
    )
    const settings = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
    await run(join(root, 'node_modules/.bin/tsc'), [...settings, ...types, 'score.ts'], { cwd: folder })
    expect((await inFolder('score.ts')).stdout).toBe(`${loss}\n`)
  })
})
