import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { Comparison } from '../../src/evaluations/comparison/comparison.ts'
import type { Ranks } from '../../src/evaluations/comparison/ranks.ts'
import { npy } from '../evaluations/running/dataset.ts'

let root: string

async function command(...args: string[]) {
  const told = { out: '', err: '' }
  const code = await runCommand(
    args,
    {},
    {
      out: (text) => {
        told.out += `${text}\n`
      },
      err: (text) => {
        told.err += `${text}\n`
      },
    },
  )
  return { code, ...told }
}

/** Results of a model that mistakes the first `wrong` of eight pixels in every image. */
async function model(name: string, wrong: number, options = '{"labels": "classes"}'): Promise<void> {
  mkdirSync(join(root, `${name}-masks`))
  for (let item = 0; item < 8; item++) {
    const truth = [0, 0, 0, 0, 1, 1, 1, 1]
    const guess = truth.map((label, pixel) => (pixel < wrong + (item % 2) ? 1 - label : label))
    writeFileSync(join(root, `${name}-masks`, `${item}.npy`), npy(guess))
  }
  const sides = [join(root, 'gt'), join(root, `${name}-masks`)]
  const flags = ['--out', join(root, name), '--threads', '1', '--options', options]
  expect(await command('evaluate', ...sides, ...flags)).toMatchObject({ code: 0 })
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-compare-'))
  mkdirSync(join(root, 'gt'))
  for (let item = 0; item < 8; item++)
    writeFileSync(join(root, 'gt', `${item}.npy`), npy([0, 0, 0, 0, 1, 1, 1, 1]))
  await model('good', 0)
  await model('fair', 1)
  await model('poor', 2)
  await model('other', 0, '{"labels": "classes", "ignore_labels": [7]}')
})
afterAll(() => rmSync(root, { recursive: true }))

const at = (...names: string[]) => names.map((name) => join(root, name))

describe('compare', () => {
  it('sets two runs against each other: the difference, its interval and test, and who wins', async () => {
    const { code, out } = await command('compare', ...at('poor', 'good'), '--json')
    const { a, b, items, scores }: Comparison = JSON.parse(out)
    expect({ code, a: a.name, b: b.name, both: items.both }).toEqual({
      code: 0,
      a: 'poor',
      b: 'good',
      both: 8,
    })
    const accuracy = scores.find(({ pointer }) => pointer === '/pooled/overlap/pixel_accuracy')
    expect(accuracy).toMatchObject({ wins: 8, ties: 0, losses: 0, p: 2 / 2 ** 8 })
    expect(accuracy?.delta).toBeCloseTo(2 / 8, 12)
    const table = (await command('compare', ...at('poor', 'good'))).out
    expect(table).toMatch(/good against poor: 8 items scored in both/)
    expect(table).toMatch(
      /\/pooled\/overlap\/pixel_accuracy +0\.6875 → 0\.9375 +\+0\.2500 .*8 better, 0 equal, 0 worse/,
    )
  })

  it('ranks three, the best first', async () => {
    const { out } = await command('compare', ...at('fair', 'poor', 'good'), '--json')
    const { scores }: Ranks = JSON.parse(out)
    const iou = scores.find(({ pointer }) => pointer === '/pooled/overlap/mean_iou')
    expect(iou?.runs.map(({ name, rank }) => [name, rank])).toEqual([
      ['fair', 2],
      ['poor', 3],
      ['good', 1],
    ])
    const table = (await command('compare', ...at('fair', 'poor', 'good'))).out
    expect(table).toMatch(
      /\/pooled\/overlap\/mean_iou\n {2}good .* rank 1 .*\n {2}fair .* rank 2 .*\n {2}poor .* rank 3/,
    )
  })

  it.each([
    ['one folder', ['good'], 'MISSING_PART'],
    ['one folder twice', ['good', 'good/../good'], 'is named twice'],
    ['a folder without results', ['good', 'gt'], 'there is no such file'],
    ['a folder that is not there', ['good', 'nowhere'], 'there is no such file'],
    ['runs that count otherwise', ['good', 'other'], 'the option `ignore_labels` differs'],
  ])('refuses %s', async (_, names, message) => {
    expect(await command('compare', ...at(...names))).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    })
  })

  it('refuses numbers that are none', async () => {
    const { code, err } = await command('compare', ...at('good', 'fair'), '--seed', 'x')
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('INVALID_OPTIONS') })
  })
})
