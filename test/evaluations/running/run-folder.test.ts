import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowLine } from '../../../src/evaluations/running/row-line.ts'
import { RunFolder } from '../../../src/evaluations/running/run-folder.ts'
import type { Item } from '../../../src/evaluations/sources/item.ts'
import { problemRow } from './dataset.ts'

let root: string
let out: string
let items: Item[]
const open: RunFolder[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-folder-'))
  out = join(root, 'results')
  items = ['a', 'b', 'c'].map((key, index) => {
    const path = join(root, `${key}.png`)
    writeFileSync(path, key)
    return { index, key, groundTruth: { type: 'file', path, bytes: 1 } }
  })
})
afterEach(() => {
  for (const folder of open.splice(0)) folder.close()
  rmSync(root, { recursive: true })
})

function folderOf(
  resume = false,
  settings: Record<string, unknown> = { ignore_labels: [1] },
  list = items,
  answer: Record<string, unknown> = { seed: 1 },
): RunFolder {
  const resultNames = ['summary.json', 'items.ndjson', 'report.md']
  const folder = new RunFolder(out, { resultNames, items: list, settings: { settings, answer }, resume })
  open.push(folder)
  return folder
}
const close = () => {
  for (const folder of open.splice(0)) folder.close()
}

const line = (index: number, detail = 'as told') => Buffer.from(rowLine(problemRow(items[index], detail)))
const keep = (folder: RunFolder, index: number, detail?: string) =>
  folder.kept?.append([items[index]], line(index, detail))
const part = () => join(out, 'items.part.ndjson')

/** A run that was stopped after two of three items. */
function begun(): void {
  const folder = folderOf()
  keep(folder, 2)
  keep(folder, 0)
  close()
}
const keptKeys = (folder: RunFolder) => [...(folder.kept?.rows() ?? [])].map(({ key }) => key)

describe('a folder of results', () => {
  it('keeps the rows of a run that was stopped, in manifest order, and begins anew where nobody says resume', () => {
    begun()
    expect(keptKeys(folderOf(true))).toEqual(['a', 'c'])
    close()
    expect(keptKeys(folderOf(false))).toEqual([])
  })

  it('begins where there is nothing to resume', () => {
    expect(keptKeys(folderOf(true))).toEqual([])
  })

  it('cuts off a torn last line, and writes on behind what is whole', () => {
    begun()
    truncateSync(part(), readFileSync(part()).length - 5)
    const folder = folderOf(true)
    expect(keptKeys(folder)).toEqual(['c'])
    keep(folder, 0, 'again')
    close()
    const again = folderOf(true)
    expect([...(again.kept?.rows() ?? [])].map(({ problem }) => problem?.detail)).toEqual([
      'again',
      'as told',
    ])
  })

  it('takes the last of two rows of an item', () => {
    begun()
    appendFileSync(part(), line(0, 'later'))
    const [first] = [...(folderOf(true).kept?.rows() ?? [])]
    expect(first.problem?.detail).toBe('later')
  })

  it.each([
    ['no JSON', 'torn in the middle\n'],
    ['a row of another item', '{"index":1,"key":"z","status":"failed"}\n'],
    ['an item that the manifest does not have', '{"index":7,"key":"h","status":"failed"}\n'],
    ['null', 'null\n'],
  ])('refuses a line that is %s', (_, text) => {
    begun()
    appendFileSync(part(), text)
    appendFileSync(part(), line(1))
    expect(() => folderOf(true)).toThrow(
      expect.objectContaining({ code: 'RESULTS_DAMAGED', message: expect.stringContaining('Line 3 of ') }),
    )
    // The lock is given back.
    expect(keptKeys(folderOf(false))).toEqual([])
  })

  it('refuses a record that is none', () => {
    begun()
    writeFileSync(join(out, 'run.json'), '{"version": 1')
    expect(() => folderOf(true)).toThrow(expect.objectContaining({ code: 'RESULTS_DAMAGED' }))
  })

  it('refuses to resume another run, and says what differs', () => {
    begun()
    expect(() => folderOf(true, { ignore_labels: [2], on_missing: 'skip' })).toThrow(
      expect.objectContaining({
        code: 'NOT_RESUMABLE',
        message: expect.stringContaining(
          '`ignore_labels` was [1] and is [2]; `on_missing` was not given and is "skip"',
        ),
      }),
    )
    const others = [items[0], { ...items[1], key: 'x' }, items[2]]
    expect(() => folderOf(true, undefined, others)).toThrow(/1 item is gone: b; 1 item is new: x/)
    const record = join(out, 'run.json')
    writeFileSync(record, readFileSync(record, 'utf8').replace(/"maskscore":"[^"]*"/, '"maskscore":"0.0.1"'))
    expect(() => folderOf(true)).toThrow(/it was begun by version 0\.0\.1/)
  })

  it('scores items again whose files changed, also when it is stopped once more before it has', () => {
    begun()
    utimesSync(join(root, 'a.png'), 1, 1)
    expect(keptKeys(folderOf(true))).toEqual(['c'])
    close()
    const folder = folderOf(true)
    expect(keptKeys(folder)).toEqual(['c'])
    keep(folder, 0)
    close()
    expect(keptKeys(folderOf(true))).toEqual(['a', 'c'])
    close()
    const grouped = items.map((item) => ({ ...item, group: item.key === 'c' ? 'one' : 'two' }))
    expect(keptKeys(folderOf(true, undefined, grouped))).toEqual([])
  })

  it('puts all files of a finished run in place of the earlier ones', () => {
    const first = folderOf()
    first.finish({ 'summary.json': ['1'], 'items.ndjson': [], 'report.md': ['one'] })
    close()
    const second = folderOf()
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe('1')
    second.finish({ 'summary.json': ['2', '3'], 'items.ndjson': [] })
    close()
    expect(readdirSync(out).sort()).toEqual(['items.ndjson', 'run.json', 'summary.json'])
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe('23')
    expect(folderOf(true).kept).toBeUndefined()
    close()
    utimesSync(join(root, 'a.png'), 1, 1)
    expect(folderOf(true).kept).toBeDefined()
  })

  describe('that a finished run left', () => {
    const asked = (seed: number) => folderOf(true, undefined, items, { seed })
    const isKept = () => keptKeys(asked(2))
    beforeEach(() => {
      const folder = folderOf()
      for (const { index } of items) keep(folder, index)
      folder.finish({ 'summary.json': ['1'], 'items.ndjson': items.map(({ index }) => `${line(index)}`) })
      close()
    })

    it('keeps its rows for another answer, also when that run is stopped before it answers', () => {
      expect(isKept()).toEqual(['a', 'b', 'c'])
      expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe('1')
      close()
      expect(isKept()).toEqual(['a', 'b', 'c'])
      close()
      expect(keptKeys(asked(3))).toEqual(['a', 'b', 'c'])
    })

    it('has only those items scored again whose files changed, or whose joint table stands in no row', () => {
      utimesSync(join(root, 'b.png'), 1, 1)
      expect(isKept()).toEqual(['a', 'c'])
      close()
      const rows = items.map(({ index }) => `${line(index)}`.replace('{', '{"joint_in_chunk":true,'))
      rmSync(part())
      writeFileSync(join(out, 'items.ndjson'), [rows[0], `${line(1)}`, `${line(2)}`].join(''))
      expect(keptKeys(asked(1))).toEqual(['b', 'c'])
    })

    it('is refused under other options that change a row', () => {
      expect(() => folderOf(true, { ignore_labels: [2] })).toThrow(
        expect.objectContaining({ code: 'NOT_RESUMABLE' }),
      )
    })

    it('begins anew where its rows are gone', () => {
      rmSync(join(out, 'items.ndjson'))
      expect(keptKeys(asked(1))).toEqual([])
    })
  })

  it('lets one run write at a time, and takes the lock of a process that is gone', () => {
    folderOf()
    expect(() => folderOf(true)).toThrow(
      expect.objectContaining({
        code: 'RESULTS_IN_USE',
        message: expect.stringContaining(String(process.pid)),
      }),
    )
    close()
    expect(existsSync(join(out, 'run.lock'))).toBe(false)
    const [boot_id] = [readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()]
    for (const holder of [
      // A number that no process has, the same process of an earlier boot, another process of this number, nothing.
      { pid: 2 ** 22 + 5, boot_id, started: '1' },
      { pid: process.pid, boot_id: 'earlier', started: '1' },
      { pid: process.pid, boot_id, started: '1' },
      {},
    ]) {
      writeFileSync(join(out, 'run.lock'), JSON.stringify(holder))
      expect(keptKeys(folderOf(true))).toEqual([])
      close()
    }
  })

  it('refuses a folder that holds foreign files, and leaves them alone', () => {
    mkdirSync(out)
    writeFileSync(join(out, 'notes.txt'), 'mine')
    expect(() => folderOf()).toThrow(expect.objectContaining({ code: 'FOREIGN_FILES' }))
    expect(readdirSync(out)).toEqual(['notes.txt'])
  })
})
