import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { loadSettings, scoringContext } from '../../src/settings/settings.ts'
import { perform } from '../../src/workers/perform.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = join(pair, 'ground-truth.png')
const prediction = join(pair, 'prediction.png')

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-calls-'))
})
afterAll(() => rmSync(root, { recursive: true }))

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, {}, { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

function write(name: string, content: string): string {
  const path = join(root, name)
  writeFileSync(path, content)
  return path
}

describe('overlay', () => {
  it('writes the PNG that the service answers', async () => {
    const out = join(root, 'overlay.png')
    const options = '{"mode": "segments"}'
    expect(await run('overlay', truth, prediction, '--out', out, '--options', options)).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    const part = (name: string, path: string) => ({ name, bytes: readFileSync(path) })
    const parts = [
      part('ground_truth', truth),
      part('prediction', prediction),
      { name: 'options', bytes: Buffer.from(options) },
    ]
    const task = { call: 'overlay', body: { type: 'parts', parts } } as const
    const outcome = await perform(task, scoringContext(loadSettings({})))
    expect(outcome.ok && Buffer.from(outcome.body).equals(readFileSync(out))).toBe(true)
  })

  it('answers the layers with --json', async () => {
    const { code, out } = await run('overlay', truth, prediction, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ width: 384, height: 303 })
  })

  it.each([
    ['no place for the PNG', [truth, prediction], 'INVALID_OPTIONS: Say where the PNG goes'],
    ['one file', [truth, '--json'], 'MISSING_PART'],
    [
      'an --out that is one of the masks',
      [truth, prediction, '--out', truth],
      'would replace the ground truth',
    ],
    ['folders', [pair, pair, '--json'], 'is a folder'],
    ['a file that is no mask', [truth, import.meta.filename, '--json'], 'UNSUPPORTED_FORMAT'],
    ['a folder for the PNG', [truth, prediction, '--out', pair], 'RESULTS_UNWRITABLE'],
    [
      'a place for the PNG that is not there',
      [truth, prediction, '--out', 'no/where.png'],
      'there is no folder',
    ],
    ['a device', ['/dev/zero', prediction, '--json'], 'is a device'],
  ])('exits 2 on %s and says so', async (_, args, said) => {
    const { code, err } = await run('overlay', ...args)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(said) })
  })
})

describe('agreement', () => {
  it('shows each annotator, each with each, and who stands out', async () => {
    const { code, out } = await run('agreement', truth, truth, prediction, '--ground-truth', truth)
    expect(code).toBe(0)
    expect(out).toMatch(/^annotator +mean mi_loss +mean IoU +truth mi_loss +truth mean IoU$/m)
    expect(out).toMatch(/^outlier +.*prediction\.png \(mean mi_loss 0\.17/m)
    expect(out).toMatch(/^\(1\) .*ground-truth\.png.* 0\.000000 +0\.000000 +0\.17/m)
  })

  it('tells files of one name apart by their folders, and answers JSON', async () => {
    const paths = ['ann', 'bob'].map((name) => {
      mkdirSync(join(root, name))
      copyFileSync(truth, join(root, name, 'mask.png'))
      return join(root, name, 'mask.png')
    })
    const { out } = await run('agreement', ...paths, '--json')
    expect(JSON.parse(out).annotators.map(({ name }: { name: string }) => name)).toEqual(paths)
  })

  it('compares the samples of a model with the masks', async () => {
    const { code, out } = await run('agreement', truth, truth, '--sample', truth, '--sample', prediction)
    expect(code).toBe(0)
    expect(out).toMatch(
      /^samples +ged² 0\.11\d+ = 2 · (0\.\d+) \(to masks\) - \1 \(among samples\) - 0\.000000/m,
    )
    expect(out).toMatch(/^ground-truth\.png +0\.000000\nprediction\.png +0\.\d+$/m)
    expect(await run('agreement', truth, truth, '--sample', truth)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Agreement needs 2 to 20 samples, not 1.'),
    })
  })

  it('needs two masks', async () => {
    expect(await run('agreement', truth)).toMatchObject({
      code: 2,
      err: expect.stringContaining('MISSING_PART'),
    })
  })
})

describe('table', () => {
  it.each([
    ['lines with commas', '8, 1\n0, 3\n'],
    ['lines with tabs', '8\t1\r\n0\t3\r\n'],
    ['lines with blanks', '  8 1\n  0 3'],
    ['a list of rows', '[[8, 1], [0, 3]]'],
    ['the body of the call', '{"triples": [[0, 0, 8], [0, 1, 1], [1, 1, 3]]}'],
  ])('scores counts: %s', async (_, text) => {
    const file = write('counts', text)
    const { code, out } = await run('table', file, '--json', '--options', '{"families": ["overlap"]}')
    expect(code).toBe(0)
    expect(JSON.parse(out).overlap.pixel_accuracy).toBe(11 / 12)
  })

  it('prints a table a person can read, and exits 1 when a check fails', async () => {
    const body = {
      counts: [
        [8, 1],
        [0, 3],
      ],
      options: { checks: [{ metric: '/mi_loss', max: 0 }] },
    }
    const { code, out } = await run('table', write('body.json', JSON.stringify(body)))
    expect(code).toBe(1)
    expect(out).toMatch(/^pixels +12 counted, 0 ignored$/m)
    expect(out).toContain('FAIL  /mi_loss')
  })

  it.each([
    ['headings', 'road,car\n1,2\n', 'Line 1 has "road" in the place of a number'],
    ['an empty cell', '1,2\n3,\n', 'Line 2 has ""'],
    ['rows of two lengths', '1,2\n3\n', 'another number of columns'],
    ['nothing', '\n', 'EMPTY_INPUT'],
    ['counts below 0', '1,-2\n3,4\n', 'is not a count'],
    ['an unknown key', '{"count": [[1]]}', 'known are counts'],
    ['JSON that is torn', '[[1, 2', 'MALFORMED_JSON'],
  ])('exits 2 on %s and says so', async (_, text, said) => {
    const { code, err } = await run('table', write('wrong', text))
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(said) })
  })

  it('does not take options twice', async () => {
    const file = write('twice.json', '{"counts": [[1]], "options": {}}')
    expect((await run('table', file, '--options', '{}')).err).toContain('options of its own')
  })
})
