import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluationOptionsSchema } from '../../../src/evaluations/options.ts'
import { failedItem } from '../../../src/evaluations/rows/score-item.ts'
import type { Item } from '../../../src/evaluations/sources/item.ts'
import type { Reader } from '../../../src/evaluations/sources/reader.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { classNames } from '../../../src/scoring/request/class-list.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { Random } from '../random.ts'

export const context = { limits: defaultLimits, pngDecoder: 'auto' } as const

/** A NumPy file of one row of labels. */
export function npy(labels: readonly number[]): Buffer {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (1, ${labels.length}), }`
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0])
  return Buffer.concat([start, Buffer.from(`${text.padEnd(117)}\n`), Buffer.from(labels)])
}

/** Small masks of three classes in a new folder, two predictions broken and one missing; the same for the same number. */
export function dataset(items: number): { folder: string; items: Item[] } {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-running-'))
  for (const side of ['gt', 'pred']) mkdirSync(join(folder, side))
  const random = new Random(items)
  const labels = () => Array.from({ length: 64 }, () => Math.floor(3 * random.uniform()))
  const write = (side: string, key: string, content: Uint8Array): Reader => {
    const path = join(folder, side, `${key}.npy`)
    writeFileSync(path, content)
    return { type: 'file', path, bytes: content.length }
  }
  const list = Array.from({ length: items }, (_, index): Item => {
    const key = String(index).padStart(5, '0')
    const broken = index % 17 === 5
    const prediction = broken ? Buffer.from('no mask') : npy(labels())
    return {
      index,
      key,
      groundTruth: write('gt', key, npy(labels())),
      ...(index !== 3 && { prediction: write('pred', key, prediction) }),
    }
  })
  return { folder, items: list }
}

const scoring = parseScoreOptions({})
const evaluation = evaluationOptionsSchema.parse({
  labels: 'classes',
  on_missing: 'empty',
  on_broken: 'skip',
  replicates: 600,
})

export const scored = { scoring, evaluation, labels: 'classes' } as const

export const factsOf = (items: number) => ({
  ...scored,
  items,
  names: classNames(undefined),
  matching: {},
})

/** A row that needs no mask. */
export const problemRow = (item: Item, detail: string) =>
  failedItem(item, 'pair', { code: 'WORKER_LOST', message: detail }, [null, null])
