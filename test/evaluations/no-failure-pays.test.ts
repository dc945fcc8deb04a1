import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directionAt } from '../../src/evaluations/checks/check-names.ts'
import { parseCheck, runChecks } from '../../src/evaluations/checks/checks.ts'
import { evaluationOptionsSchema } from '../../src/evaluations/options.ts'
import { asEmpty } from '../../src/evaluations/rows/as-empty.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { scoreItem } from '../../src/evaluations/rows/score-item.ts'
import type { Item } from '../../src/evaluations/sources/item.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { classNames } from '../../src/scoring/request/class-list.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { context, npy } from './running/dataset.ts'

const folder = mkdtempSync(join(tmpdir(), 'maskscore-failures-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { type: 'file', path, bytes: content.length } as const
}

/** Ground truths with class 0 for a class like others, two of them of a single label; predictions that are nearly right. */
const pairs = [
  { truth: [0, 0, 0, 1, 1, 1, 2, 2], predicted: [0, 0, 1, 1, 1, 1, 2, 2] },
  { truth: [0, 0, 0, 0, 0, 0, 0, 0], predicted: [0, 0, 0, 0, 0, 0, 1, 1] },
  { truth: [2, 2, 2, 2, 2, 2, 2, 2], predicted: [2, 2, 2, 2, 2, 2, 2, 2] },
  { truth: [1, 1, 1, 1, 2, 2, 2, 2], predicted: [1, 1, 1, 1, 2, 2, 2, 0] },
] as const

const sound: readonly Item[] = pairs.map(({ truth, predicted }, index) => ({
  index,
  key: `item ${index}`,
  groundTruth: file(`truth ${index}.npy`, npy(truth)),
  prediction: file(`prediction ${index}.npy`, npy(predicted)),
}))

const torn = file('torn.npy', Buffer.from('no mask'))
const small = file('small.npy', npy([0, 1]))
const gone = { type: 'file', path: join(folder, 'gone.npy'), bytes: 1 } as const

const failures: Readonly<Record<string, (item: Item) => Item>> = {
  'is missing': ({ prediction: _, ...item }) => item,
  'cannot be opened': (item) => ({ ...item, prediction: gone }),
  'is torn': (item) => ({ ...item, prediction: torn }),
  'has another size': (item) => ({ ...item, prediction: small }),
}

const scoring = parseScoreOptions({
  classes: { 0: 'road', 1: 'car', 2: 'tree' },
  families: ['information', 'pairs', 'overlap', 'instances', 'regions', 'boundary', 'lesions'],
})

/** The rows of a run, and its summary as checks see it. */
async function summaryOf(items: readonly Item[], policy: 'fail' | 'skip' | 'empty') {
  const evaluation = evaluationOptionsSchema.parse({
    on_missing: policy,
    on_broken: policy,
    intervals: 'none',
    labels: 'classes',
  })
  const run = { scoring, labels: 'classes', evaluation, context } as const
  const rows: ItemRow[] = []
  for (const item of items) rows.push((await scoreItem(item, run)).row)
  const facts = { ...run, items: items.length, names: classNames(scoring.classes), matching: {} }
  return { told: finish(rows, facts), checked: finish(rows.map(asEmpty), facts) }
}

/** Every number of a summary that is better when it is larger, or when it is smaller. */
function numbersOf(summary: Summary): string[] {
  const pointers: string[] = []
  const visit = (value: unknown, pointer: string) => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, `${pointer}/${key}`)
    else if (typeof value === 'number' && directionAt(pointer) !== 0) pointers.push(pointer)
  }
  visit(summary.pooled, '/pooled')
  const means = Object.keys(summary.macro).map((score) => `/macro/${score}/mean`)
  return [...pointers, ...means.filter((pointer) => directionAt(pointer.replace('/mean', '')) !== 0)]
}

const quoted = [
  '/pooled/mi_loss',
  '/pooled/overlap/mean_iou',
  '/pooled/overlap/pixel_accuracy',
  '/pooled/overlap/mean_dice',
  ...['mi_loss', 'mean_iou', 'pixel_accuracy', 'mean_dice', 'ari'].map((score) => `/macro/${score}/mean`),
]

const checkedValue = (pointer: string, summary: Summary, asked: Summary): number | null =>
  runChecks([parseCheck(`${pointer}>=0`)], summary, asked)[0].value

describe('a failure never improves a score', () => {
  let whole: Summary
  let pointers: string[]
  beforeAll(async () => {
    whole = (await summaryOf(sound, 'fail')).told
    pointers = numbersOf(whole)
  })

  it('is tried on scores of every family', () => {
    expect(whole.complete).toBe(true)
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/pooled/mi_loss',
        '/pooled/overlap/mean_iou',
        '/pooled/panoptic/pq',
        '/macro/mi_loss/mean',
        '/macro/ari/mean',
      ]),
    )
  })

  const cases = Object.keys(failures).flatMap((what) =>
    (['fail', 'skip', 'empty'] as const).map((policy) => ({ what, policy })),
  )
  it.each(cases)('where a prediction $what, and the policy is "$policy"', async ({ what, policy }) => {
    const lifted: string[] = []
    for (const index of sound.keys()) {
      const items = sound.map((item) => (item.index === index ? failures[what](item) : item))
      const { told, checked } = await summaryOf(items, policy)
      expect(told.complete).toBe(policy === 'empty')
      expect(told.items.failed + told.items.skipped + told.items.substituted).toBe(1)
      const others = sound.filter((item) => item.index !== index)
      const left = (await summaryOf(others, policy)).told
      // No number is better than without the item; those that people quote are no better than with its prediction either.
      for (const [better, numbers] of [
        [left, pointers],
        [whole, quoted],
      ] as const)
        for (const pointer of numbers) {
          const [before, after] = [
            checkedValue(pointer, better, better),
            checkedValue(pointer, told, checked),
          ]
          if (before === null || after === null) continue
          const gain = (after - before) * directionAt(pointer.replace(/\/mean$/, ''))
          if (gain > 1e-12) lifted.push(`${pointer}, item ${index}: ${before} → ${after}`)
        }
    }
    expect(lifted).toEqual([])
  })

  it('answers no check with a number that a missing prediction would lift', async () => {
    // The prediction of item 1 is wrong where its ground truth has a single label: without it the loss is smaller.
    const items = sound.map((item) => (item.index === 1 ? failures['is missing'](item) : item))
    const { told, checked } = await summaryOf(items, 'skip')
    expect(checked.pooled.mi_loss).toBeLessThan(whole.pooled.mi_loss ?? 0)
    expect(
      runChecks(['mi_loss<=1', 'image.vi<=9', 'image.mi_loss<=1'].map(parseCheck), told, checked),
    ).toMatchObject([
      { result: 'not_computed', detail: expect.stringContaining('single label') },
      { result: 'not_computed', detail: expect.stringContaining('single label') },
      { result: 'pass' },
    ])
  })
})
