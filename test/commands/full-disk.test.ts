import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'maskscore-'))
afterAll(() => rmSync(root, { recursive: true }))

const cli = join(import.meta.dirname, '../../src/cli.ts')
const dataset = join(import.meta.dirname, '../../examples/dataset')

/** @param room the most blocks of 1024 bytes that a file may have, as the shell limits them */
function evaluate(out: string, room: number | undefined, ...flags: string[]) {
  const asked = [
    ...['evaluate', join(dataset, 'ground-truth'), join(dataset, 'this-week')],
    ...['--options', join(dataset, 'options.json'), '--out', out, '--threads', '1', '--progress', 'none'],
    ...flags,
  ]
  const limit = room === undefined ? '' : `trap '' XFSZ; ulimit -f ${room};`
  const run = ['-c', `${limit} exec "$@"`, 'bash', process.execPath, cli, ...asked]
  return spawnSync('bash', run, { encoding: 'utf8' })
}

const filesOf = (out: string) =>
  Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))

describe('a run whose rows find no room on the disk', () => {
  it('ends with a code and what to do, and is resumed when there is room', { timeout: 120_000 }, () => {
    const [whole, stopped] = [join(root, 'whole'), join(root, 'stopped')]
    expect(evaluate(whole, undefined).status).toBe(0)
    // Enough for the record of the run, and for some of its rows.
    const { status, stderr } = evaluate(stopped, 16)
    expect(status).toBe(2)
    expect(stderr).toContain('RESULTS_UNWRITABLE: ')
    expect(stderr).toContain('--resume goes on with them')
    expect(readdirSync(stopped)).toContain('items.part.ndjson')
    expect(evaluate(stopped, undefined, '--resume').status).toBe(0)
    expect(filesOf(stopped)).toEqual(filesOf(whole))
  })
})
