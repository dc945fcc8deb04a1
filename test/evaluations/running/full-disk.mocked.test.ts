import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rowLine } from '../../../src/evaluations/running/row-line.ts'
import { RunFolder } from '../../../src/evaluations/running/run-folder.ts'
import type { Item } from '../../../src/evaluations/sources/item.ts'
import { problemRow } from './dataset.ts'

/** Writes that succeed before the disk is full; by default it never is. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, writes: 0 }))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const full = (...args: Parameters<typeof fs.writeSync>) => {
    disk.writes++
    if (disk.room-- <= 0)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    return fs.writeSync(...args)
  }
  return { ...fs, default: fs, writeSync: full }
})

const results = { 'summary.json': ['{}'], 'items.ndjson': ['rows\n'], 'report.md': ['long ', 'text'] }

let root: string
let items: Item[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-full-'))
  items = ['a', 'b', 'c'].map((key, index) => {
    const path = join(root, `${key}.png`)
    writeFileSync(path, key)
    return { index, key, groundTruth: { type: 'file', path, bytes: 1 } }
  })
})
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY
  rmSync(root, { recursive: true })
})

/** A run from its first row to its results. */
function runIn(out: string, resume: boolean): void {
  const settings = { settings: {}, answer: {} }
  const folder = new RunFolder(out, { items, settings, resume, resultNames: Object.keys(results) })
  try {
    if (!folder.kept) return
    for (const item of items)
      if (!folder.kept.has(item.index))
        folder.kept.append([item], Buffer.from(rowLine(problemRow(item, 'as told'))))
    folder.finish(results)
  } finally {
    folder.close()
  }
}

const filesOf = (out: string) =>
  Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))

describe('a disk that is full', () => {
  it('at any write of a run ends it with that, keeps what was written, and lets it be resumed', () => {
    const whole = join(root, 'whole')
    disk.writes = 0
    runIn(whole, false)
    const writes = disk.writes
    expect(writes).toBeGreaterThan(5)
    for (let room = 0; room < writes; room++) {
      const out = join(root, `after ${room}`)
      disk.room = room
      expect(() => runIn(out, false), `${room} writes`).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
      // No result looks finished that is not: the rows of the run lie there as long as it has not ended.
      expect(existsSync(join(out, 'items.part.ndjson')), `${room} writes`).toBe(true)
      expect(existsSync(join(out, 'run.lock'))).toBe(false)
      disk.room = Number.POSITIVE_INFINITY
      runIn(out, true)
      expect(filesOf(out)).toEqual(filesOf(whole))
    }
  })

  it('leaves the results of an earlier run as they were, until the rows of the new one are asked for', () => {
    const out = join(root, 'results')
    runIn(out, false)
    const before = readFileSync(join(out, 'summary.json'), 'utf8')
    disk.room = 2
    expect(() => runIn(out, false)).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe(before)
  })
})
