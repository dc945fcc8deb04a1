import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runCommand } from '../../src/commands/run-command.ts'
import { startService } from '../http/service.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = join(pair, 'ground-truth.png')
const prediction = join(pair, 'prediction.png')
const samples = join(import.meta.dirname, '../decode-samples')

const run = (...args: string[]) => runWith({}, ...args)

async function runWith(env: NodeJS.ProcessEnv, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, env, { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('the program', () => {
  const program = join(import.meta.dirname, '../../bin/maskscore.js')
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))

  it.each(['--version', '-v', 'version'])('tells its version: %s', async (word) => {
    expect(await run(word)).toEqual({ code: 0, out: version, err: '' })
  })

  it('is what `npx maskscore` runs', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--version'], {
      encoding: 'utf8',
    })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('says what to do where Node is too old to read it', () => {
    // Another Node is not at hand in every place where tests run: this one says that it is an older one.
    const older = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})"
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', older, program, '--version'],
      { encoding: 'utf8' },
    )
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('needs Node 24, and this is Node 20.20.2')
    expect(stderr).toContain('npm ci')
  })
})

describe('score', () => {
  it('prints a table a person can read', async () => {
    const { code, out } = await run('score', truth, prediction)
    expect(code).toBe(0)
    expect(out).toMatch(/mi_loss\s+0\.172312/)
    expect(out).toContain('384×303')
    expect(out).toMatch(/mean_iou\s+\d/)
  })

  it('keeps the columns of a list apart', async () => {
    const options = '{"families":["information"],"include":["segments"]}'
    const { out } = await run('score', truth, prediction, '--options', options)
    expect(out).toMatch(/^ +label +side +area +contribution +share_of_vi$/m)
    expect(out).toMatch(/^ +0 +ground_truth +77409 +0\.343880 +0\.712652$/m)
  })

  it('prints the report with --json', async () => {
    const { out } = await run('score', truth, prediction, '--json')
    expect(JSON.parse(out).mi_loss).toBeCloseTo(0.17231211689494697, 12)
  })

  it('reads the JSON that belongs to a PNG of ids', async () => {
    const sidecar = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'ids.json')
    // Segments.ai: every id is of category 1, so the two masks cut the image into nothing but background and 1.
    const annotations = Array.from({ length: 24 }, (_, id) => ({ id: id + 1, category_id: 1 }))
    writeFileSync(sidecar, JSON.stringify({ annotations }))
    const format = { format: 'segments_ai' }
    const options = JSON.stringify({ ground_truth: format, prediction: format })
    const { code, out, err } = await run(
      ...['score', truth, prediction, '--json', '--options', options],
      ...['--ground-truth-json', sidecar, '--prediction-json', sidecar],
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({ ground_truth: { format: 'segments_ai', labels: 2 } })
  })

  it('refuses a file that is too large before it reads it', async () => {
    const large = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'large.npy')
    writeFileSync(large, '')
    // It has a size, and takes no room.
    truncateSync(large, 2 ** 32)
    const { code, err } = await run('score', truth, large)
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^INPUT_TOO_LARGE: .* has 4294967296 bytes/),
    })
  })

  it('takes its options from a file, too', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'options.json')
    writeFileSync(file, '{"families": ["pairs"]}')
    const { code, out } = await run('score', truth, prediction, '--json', '--options', file)
    expect({ code, families: JSON.parse(out).options.families }).toEqual({ code: 0, families: ['pairs'] })
  })

  it('shows names from files as text, whatever they do to a terminal', async () => {
    const options = { classes: { 0: 'road\u001b[2J' }, families: ['overlap'] }
    const { out } = await run('score', truth, prediction, '--options', JSON.stringify(options))
    expect(out).toContain('road⟨U+001B⟩[2J')
    expect(out).not.toContain('\u001b')
  })

  it('exits 1 when a check fails and 0 when all pass', async () => {
    const check = (bound: object) => [
      '--options',
      JSON.stringify({ checks: [{ metric: '/mi_loss', ...bound }] }),
    ]
    expect((await run('score', truth, prediction, ...check({ max: 0.1 }))).code).toBe(1)
    const passed = await run('score', truth, prediction, ...check({ max: 0.2 }))
    expect(passed).toMatchObject({ code: 0, out: expect.stringContaining('PASS  /mi_loss') })
  })

  it.each([
    ['one file', ['score', truth], 'Name two files'],
    ['a file that is not there', ['score', truth, 'nowhere.png'], 'nowhere.png: there is no such file'],
    ['a folder', ['inspect', pair], 'is a folder, and this command takes files'],
    ['folders given to score', ['score', pair, pair], 'maskscore evaluate GROUND_TRUTH PREDICTION'],
    [
      'options in a file that is not there',
      ['score', truth, prediction, '--options', 'nowhere.json'],
      'NOT_FOUND: nowhere.json',
    ],
    ['options that are not JSON', ['score', truth, prediction, '--options', '{'], 'MALFORMED_JSON'],
    ['masks of two sizes', ['score', truth, join(samples, 'png-grey8.png')], 'Remedy: '],
    ['a refusal, under its field', ['score', truth, join(samples, 'bad-idat-crc.png')], '/prediction: '],
    ['a file that is no mask', ['score', truth, import.meta.filename], 'UNSUPPORTED_FORMAT'],
    [
      'an unknown option',
      ['score', truth, prediction, '--options', '{"binry":true}'],
      'did you mean "binary"?',
    ],
    ['an unknown flag', ['score', truth, prediction, '--jsn'], 'unknown flag --jsn; did you mean --json?'],
    ['a flag that nothing is near', ['score', truth, '--zzzzzzzzzzzz'], 'known are --json, --options'],
    ['an unknown command', ['scor'], 'unknown command "scor"; did you mean "score"?'],
    ['a command that nothing is near', ['xxxxxxxxxxxx'], '`maskscore --help` lists all commands'],
    ['help for an unknown command', ['help', 'evalute'], 'did you mean "evaluate"?'],
    ['arguments where there are none', ['serve', '--port', '9000'], 'serve takes no arguments'],
    [
      'options without a known key',
      ['score', truth, prediction, '--options', '{"x":1}'],
      'maskscore openapi',
    ],
  ])('exits 2 on %s and says so', async (_, args, said) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(said)
  })
})

describe('inspect', () => {
  it('shows what is in a file', async () => {
    const { code, out } = await run('inspect', truth)
    expect(code).toBe(0)
    expect(out).toContain('png-grey8')
    expect(out).toMatch(/labels +25, from 0 to/)
  })

  it('ignores the ending of a file name', async () => {
    const renamed = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'photo.jpg')
    writeFileSync(renamed, readFileSync(truth))
    expect((await run('inspect', renamed)).out).toBe((await run('inspect', truth)).out)
  })
})

describe('config', () => {
  it('prints the settings in effect, secrets masked', async () => {
    const env = { MASKSCORE_PORT: '9000', MASKSCORE_KEYS: 'ann:0123456789abcdef' }
    const { code, out } = await runWith(env, 'config')
    expect(code).toBe(0)
    expect(out).toMatch(/MASKSCORE_PORT +9000/)
    expect(out).toContain('ann:••••••')
    expect(out).not.toContain('0123456789abcdef')
  })

  it('exits 2 with every mistake', async () => {
    const { code, err } = await runWith({ MASKSCORE_PORT: 'x', MASKSCORE_THREADS: '0' }, 'config')
    expect(code).toBe(2)
    expect(err).toMatch(/MASKSCORE_PORT.*\n.*MASKSCORE_THREADS/)
  })
})

describe('healthcheck', () => {
  it('exits 0 when the service is alive, 1 and says why when it is not', async () => {
    const service = await startService()
    const env = { MASKSCORE_PORT: new URL(service.url).port }
    const alive = await runWith(env, 'healthcheck')
    await service.close()
    expect(alive).toEqual({ code: 0, out: '', err: '' })
    expect(await runWith(env, 'healthcheck')).toMatchObject({
      code: 1,
      err: expect.stringContaining('127.0.0.1'),
    })
  })
})

describe('openapi and docs', () => {
  it('prints the contract as it is committed, or as JSON', async () => {
    const committed = readFileSync(join(import.meta.dirname, '../../openapi.yaml'), 'utf8')
    expect(`${(await run('openapi')).out}\n`).toBe(committed)
    const { out } = await run('openapi', '--json')
    expect(JSON.parse(out)).toEqual(parse(committed))
  })

  it('writes everything that is generated into a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-'))
    const { code, out } = await run('docs', folder)
    expect(code).toBe(0)
    expect(out.split('\n').map((path) => relative(folder, path))).toContain('openapi.yaml')
    expect(readFileSync(join(folder, 'docs/settings.md'), 'utf8')).toContain('MASKSCORE_PORT')
  })
})

it('exits 3 on a fault of its own, and not 1 as for a failed check', async () => {
  const err: string[] = []
  const out = () => {
    throw new Error('the disk is full')
  }
  const terminal = { out, err: (text: string) => err.push(text) }
  expect(await runCommand(['score', truth, prediction], {}, terminal)).toBe(3)
  expect(err.join()).toContain('the disk is full')
})

describe('help', () => {
  it('lists the commands', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const name of [
      'score',
      'inspect',
      'overlay',
      'agreement',
      'table',
      'serve',
      'healthcheck',
      'config',
      'openapi',
      'docs',
    ])
      expect(out).toMatch(new RegExp(`^ +${name}( .*)?\\n {6}\\S`, 'm'))
  })

  it('describes one command', async () => {
    const { code, out } = await run('score', '--help')
    expect(code).toBe(0)
    expect(out).toContain('--options FILE|JSON')
    expect(out).toContain('Exit code 0')
    expect(await run('help', 'score')).toEqual({ code, out, err: '' })
  })
})

describe('as a program', () => {
  const cli = join(import.meta.dirname, '../../src/cli.ts')
  const start = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })

  it('tells its outcome by the exit code, and prints nothing but the report', () => {
    const failing = '{"checks":[{"metric":"/mi_loss","max":0}]}'
    const { status, stdout, stderr } = start('score', truth, prediction, '--json', '--options', failing)
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(JSON.parse(stdout).checks[0].result).toBe('fail')
    expect(start('inspect', 'nowhere.png')).toMatchObject({ status: 2, stdout: '' })
  })
})
