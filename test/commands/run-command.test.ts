import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = join(pair, 'ground-truth.png')
const prediction = join(pair, 'prediction.png')

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, {}, { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('score', () => {
  it('prints a table a person can read', async () => {
    const { code, out } = await run('score', truth, prediction)
    expect(code).toBe(0)
    expect(out).toMatch(/mi_loss\s+0\.172312/)
    expect(out).toContain('384×303')
    expect(out).toMatch(/mean_iou\s+\d/)
  })

  it('prints the report with --json', async () => {
    const { out } = await run('score', truth, prediction, '--json')
    expect(JSON.parse(out).mi_loss).toBeCloseTo(0.17231211689494697, 12)
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
    ['one file', ['score', truth], 'name two files'],
    ['a file that is not there', ['score', truth, 'nowhere.png'], 'nowhere.png'],
    ['a file that is no mask', ['score', truth, import.meta.filename], 'UNSUPPORTED_FORMAT'],
    [
      'an unknown option',
      ['score', truth, prediction, '--options', '{"binry":true}'],
      'did you mean "binary"?',
    ],
    ['an unknown flag', ['score', truth, prediction, '--jsn'], '--jsn'],
    ['an unknown command', ['scor'], 'unknown command'],
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

  it('does not care about the file name', async () => {
    const renamed = join(mkdtempSync(join(tmpdir(), 'maskscore-')), 'photo.jpg')
    writeFileSync(renamed, readFileSync(truth))
    expect((await run('inspect', renamed)).out).toBe((await run('inspect', truth)).out)
  })
})

it('tells what it can do', async () => {
  const { code, out } = await run('--help')
  expect(code).toBe(0)
  for (const name of ['score', 'inspect', 'serve']) expect(out).toContain(name)
})
