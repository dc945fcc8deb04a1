import { closeSync, fstatSync, writeSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { KeptRows } from '../../../src/evaluations/running/kept-rows.ts'
import { linesOfFile } from '../../../src/evaluations/running/lines-of-file.ts'
import { openSpool } from '../../../src/evaluations/running/spool.ts'

const files: number[] = []
const spool = () => {
  const file = openSpool()
  files.push(file)
  return file
}
afterEach(() => {
  for (const file of files.splice(0)) closeSync(file)
})

const line = (index: number, length: number) => `${JSON.stringify({ index, key: 'é'.repeat(length) })}\n`
const lengths = [3, 0, 40, 7, 300, 1, 90, 2]
const text = lengths.map((length, index) => line(index, length)).join('')

/** Rows that came in another order than that of their items, some of them as neighbours. */
function keptOutOfOrder(): KeptRows {
  const kept = new KeptRows(spool(), lengths.length)
  for (const indices of [[5, 6, 7], [2], [3, 4], [0, 1]]) {
    const lines = indices.map((index) => line(index, lengths[index])).join('')
    kept.append(
      indices.map((index) => ({ index })),
      Buffer.from(lines),
    )
  }
  return kept
}

describe('rows of a run that are kept', () => {
  it('come back in the order of the items, in pieces of any size', () => {
    for (const size of [1, 2, 50, 100, 5000]) {
      const pieces = Array.from(keptOutOfOrder().pieces(Buffer.alloc(size)), (piece) => Buffer.from(piece))
      expect(Buffer.concat(pieces).toString()).toBe(text)
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(size)
    }
  })

  it('leave out of their pieces the items that have none', () => {
    const kept = new KeptRows(spool(), 4, 0, 10)
    kept.append([{ index: 13 }], Buffer.from('d\n'))
    kept.append([{ index: 11 }], Buffer.from('b\n'))
    expect(Array.from(kept.pieces(Buffer.alloc(100)), String).join('')).toBe('b\nd\n')
    expect(Array.from(new KeptRows(spool(), 4).pieces(Buffer.alloc(100)), String).join('')).toBe('')
  })

  it('lose their joint tables as texts, and nothing else: a name that looks like one stays', () => {
    const kept = new KeptRows(spool(), 3)
    const rows = [
      { index: 0, key: 'a', scores: { mi_loss: 0.1 } },
      { index: 1, key: 'b', joint_in_chunk: true, joint_table: [[0, 1, 5]] },
      { index: 2, key: '"joint_table":', scores: {} },
    ]
    kept.append(rows, Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))
    expect(Array.from(kept.texts(), (row) => JSON.parse(row))).toEqual([
      rows[0],
      { index: 1, key: 'b', joint_in_chunk: true },
      rows[2],
    ])
  })
})

describe('lines of a file', () => {
  it('are read whole where they are longer than what is read at a time, or lie across its end', () => {
    const long = ['x'.repeat(3 * 2 ** 20), 'y', '', 'z'.repeat(2 ** 20 - 1), 'é'.repeat(2 ** 20), 'end']
    const file = spool()
    writeSync(file, `${long.join('\n')}\n and what is torn`)
    const read = Array.from(linesOfFile(file, fstatSync(file).size), String)
    expect(read.length).toBe(long.length)
    expect(read.every((one, k) => one === `${long[k]}\n`)).toBe(true)
  })

  it('are none in an empty file', () => {
    expect([...linesOfFile(spool(), 0)]).toEqual([])
  })
})
