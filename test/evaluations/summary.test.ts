import { describe, expect, it } from 'vitest'
import { labelMeaning } from '../../src/evaluations/label-meaning.ts'
import { asEmpty } from '../../src/evaluations/rows/as-empty.ts'
import { emptyContents } from '../../src/evaluations/rows/empty-contents.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { rowOf, rowOfPairs, runOf } from './rows.ts'

/** Two images of a road (0), a car (1) and, in the prediction of the first only, a tree (2). */
const first = rowOfPairs(0, [
  [0, 0, 6],
  [1, 1, 2],
  [1, 0, 1],
  [1, 2, 1],
])
const second = rowOfPairs(1, [
  [0, 0, 3],
  [0, 1, 1],
])

describe('a summary worked out by hand', () => {
  it('sums counts before it forms a ratio', () => {
    const { pooled, pixels, items, complete } = finish([first, second], runOf(2))
    expect({ complete, ...items }).toEqual({
      complete: true,
      total: 2,
      scored: 2,
      failed: 0,
      skipped: 0,
      substituted: 0,
    })
    expect(pixels).toEqual({ total: 14, counted: 14, ignored: 0 })
    // road 9 of 11, car 2 of 5, tree 0 of 1: predicted only, so 0 and in the mean
    expect(pooled.overlap?.per_class.map(({ label, tp, fp, fn, iou }) => [label, tp, fp, fn, iou])).toEqual([
      [0, 9, 1, 1, 9 / 11],
      [1, 2, 1, 2, 2 / 5],
      [2, 0, 1, 0, 0],
    ])
    expect(pooled.overlap?.mean_iou).toBeCloseTo((9 / 11 + 2 / 5) / 3, 15)
    expect(pooled.overlap?.mean_iou_ground_truth).toBeCloseTo((9 / 11 + 2 / 5) / 2, 15)
    expect(pooled.overlap?.pixel_accuracy).toBe(11 / 14)
  })

  it('answers the three means of IoU by their names', () => {
    const { pooled, macro, by_class } = finish([first, second], runOf(2))
    expect(macro.mean_iou.mean).toBeCloseTo(((6 / 7 + 2 / 4 + 0) / 3 + (3 / 4 + 0) / 2) / 2, 15)
    expect(by_class).toEqual([
      { label: 0, images: 2, mean_iou: (6 / 7 + 3 / 4) / 2, mean_dice: (12 / 13 + 6 / 7) / 2 },
      { label: 1, images: 2, mean_iou: 0.25, mean_dice: 2 / 3 / 2 },
      { label: 2, images: 1, mean_iou: 0, mean_dice: 0 },
    ])
    expect(macro.mean_iou_class_first.mean).toBeCloseTo(((6 / 7 + 3 / 4) / 2 + 0.25) / 3, 15)
    expect(pooled.overlap?.mean_iou).not.toBeCloseTo(macro.mean_iou.mean ?? 0, 3)
  })

  it('weighs means over images by the weights of the manifest, and nothing else', () => {
    const plain = finish([first, second], runOf(2))
    const weighted = finish(
      [
        { ...first, weight: 3 },
        { ...second, weight: 0.5 },
      ],
      runOf(2),
    )
    const [a, b] = [first.scores.mean_iou ?? 0, second.scores.mean_iou ?? 0]
    expect(weighted.macro.mean_iou.mean).toBeCloseTo((3 * a + 0.5 * b) / 3.5, 15)
    expect({ ...weighted.macro.mean_iou, mean: 0 }).toEqual({ ...plain.macro.mean_iou, mean: 0 })
    expect(weighted.pooled).toEqual(plain.pooled)
    expect(weighted.by_class).toEqual(plain.by_class)
  })

  it('pools the loss without common labels: Σ N·VI / Σ N·H', () => {
    // Halves against the same halves, and halves against quarters of them across: VI 1 bit of 2.
    const same = rowOfPairs(0, [
      [5, 9, 8],
      [6, 3, 8],
    ])
    const crossed = rowOfPairs(1, [
      [1, 1, 1],
      [1, 2, 1],
      [2, 1, 1],
      [2, 2, 1],
    ])
    const constant = rowOfPairs(2, [[1, 1, 1000]])
    const { pooled } = finish([same, crossed, constant], runOf(3, {}, { labels: 'objects' }))
    // Σ N·VI = 4·2, Σ N·H = 16·1 + 4·2; the constant image weighs nothing
    expect(pooled.mi_loss).toBeCloseTo(8 / 24, 15)
    expect((pooled.mi_loss_split ?? 0) + (pooled.mi_loss_merge ?? 0)).toBe(pooled.mi_loss)
    expect(finish([constant], runOf(1)).pooled.mi_loss).toBe(0)
    const nothing = finish([rowOfPairs(0, [])], runOf(1))
    expect(nothing.pooled.mi_loss).toBeNull()
    expect(nothing.reasons['/pooled/mi_loss']).toBe('no_pixels')
  })

  it('names why a score of an image has no value, and leaves it out of the mean', () => {
    const rows = [
      rowOf(0, { scores: { ari: 0.5 } }),
      rowOf(1, { scores: { ari: null }, reasons: { ari: 'budget' } }),
      rowOf(2, { scores: { ari: null }, reasons: { ari: 'no_pixels' } }),
      rowOf(3, { scores: { ari: 0.7 } }),
    ]
    const { ari } = finish(rows, runOf(4)).macro
    expect(ari).toMatchObject({ mean: 0.6, defined: 2, undefined: { budget: 1, no_pixels: 1 } })
    expect(finish(rows.slice(0, 1), runOf(1)).macro.ari).toMatchObject({ mean: 0.5, std: null, median: 0.5 })
    expect(finish(rows.slice(1, 2), runOf(1)).macro.ari).toMatchObject({ mean: null, defined: 0 })
  })

  it('counts an image that does not speak of a score as one without a value', () => {
    const rows = [rowOf(0, { scores: { ari: 0.5 } }), rowOf(1, { scores: { mi_loss: 0 } })]
    expect(finish(rows, runOf(2)).macro.ari).toMatchObject({ defined: 1, undefined: { absent_both: 1 } })
  })

  it('takes the worst tenth from the side that is worse, and from none for an entropy', () => {
    const rows = Array.from({ length: 11 }, (_, k) =>
      rowOf(k, { scores: { mi_loss: k, ari: k, h_joint: k } }),
    )
    const { macro } = finish(rows, runOf(11))
    expect([macro.mi_loss.worst_10, macro.ari.worst_10, macro.h_joint.worst_10]).toEqual([9.5, 0.5, null])
  })

  it('lists a class that is nowhere with null, outside of the mean', () => {
    const names = {
      listed: [
        { label: 1, name: 'car' },
        { label: 9, name: 'boat' },
      ],
      nameOf: new Map([
        [1, 'car'],
        [9, 'boat'],
      ]),
    }
    // Labels outside of the list are no classes; they count in accuracy.
    const row = { ...second, classes: [[1, 0, 1, 0]] as const, other_labels: [[0, 3, 0, 1]] as const }
    const { pooled, classes, reasons } = finish([row], runOf(1, {}, { names }))
    expect(classes).toEqual({ 1: 'car', 9: 'boat' })
    expect(pooled.overlap?.per_class.map(({ name, iou }) => [name, iou])).toEqual([
      ['car', 0],
      ['boat', null],
    ])
    expect(reasons['/pooled/overlap/per_class/1/iou']).toBe('absent_both')
    expect(pooled.overlap?.mean_iou).toBe(0)
    expect(pooled.overlap?.pixel_accuracy).toBe(3 / 4)
  })

  it('averages panoptic quality over categories, and keeps objects without category apart', () => {
    const options = { families: ['instances'] }
    const rows = [
      rowOf(0, {
        panoptic: [
          [1, 1.6, 2, 0, 1],
          [2, 0, 0, 1, 0],
        ],
        pixels: { total: 9, counted: 9, ignored: 0 },
      }),
      rowOf(1, { panoptic: [[1, 0.9, 1, 1, 0]] }),
    ]
    const { panoptic } = finish(rows, runOf(2, {}, { options })).pooled
    expect(panoptic?.pq).toBeCloseTo(2.5 / (3 + 0.5 + 0.5) / 2, 15)
    expect(panoptic).toMatchObject({ n_averaged: 2, tp: 3, fp: 2, fn: 1 })
    const single = finish([rowOf(0, { panoptic: [[null, 1.6, 2, 1, 1]] })], runOf(1, {}, { options }))
    expect(single.pooled.panoptic).toEqual({ pq: 1.6 / 3, sq: 0.8, rq: 2 / 3, tp: 2, fp: 1, fn: 1 })
  })

  it('has no value at a threshold whose matching was too much work in an image', () => {
    const options = { families: ['instances'], instances: { thresholds: [0.5, 0.75] } }
    const rows = [
      rowOf(0, {
        thresholds: [
          [0.5, 3, 1, 0],
          [0.75, null, null, null],
        ],
      }),
      rowOf(1, {
        thresholds: [
          [0.5, 1, 0, 1],
          [0.75, 1, 0, 1],
        ],
      }),
    ]
    const { pooled, reasons } = finish(rows, runOf(2, {}, { options }))
    expect(pooled.instances?.thresholds).toMatchObject([
      { iou: 0.5, tp: 4, f1: 8 / 10 },
      { iou: 0.75, tp: null, f1: null },
    ])
    expect(reasons['/pooled/instances/thresholds/1/f1']).toBe('budget')
    expect(pooled.instances).toMatchObject({ ground_truth_count: 5, prediction_count: 5, mean_ap_dsb: null })
  })
})

describe('what labels mean', () => {
  it('is what the option says, else what names, a list of classes, a preset or binary masks say', () => {
    const facts = { labels: 'auto', namedByOptions: false, namedByAnnotations: false } as const
    expect(labelMeaning(facts)).toBe('undecided')
    expect(labelMeaning({ ...facts, namedByOptions: true })).toBe('classes')
    expect(labelMeaning({ ...facts, namedByAnnotations: true })).toBe('classes')
    expect(labelMeaning({ ...facts, labels: 'objects', namedByOptions: true })).toBe('objects')
    expect(labelMeaning({ ...facts, labels: 'classes' })).toBe('classes')
  })

  const warningsOf = (rows: readonly ItemRow[], labels: 'classes' | 'objects' | 'undecided') => {
    const { pooled, reasons, warnings, ...rest } = finish(rows, runOf(rows.length, {}, { labels }))
    return { labels: rest.labels, pooled, reasons, codes: warnings.map(({ code }) => code) }
  }
  const many = rowOfPairs(
    0,
    Array.from({ length: 257 }, (_, k) => [k, k, 1] as const),
  )

  it('is assumed to be classes while there are few, and said so', () => {
    expect(warningsOf([first], 'classes').codes).toEqual([])
    const assumed = warningsOf([first], 'undecided')
    expect(assumed.labels).toBe('classes')
    expect(assumed.codes).toEqual(['LABELS_ASSUMED_CLASSES'])
    expect(assumed.pooled.overlap?.mean_iou).toBeGreaterThan(0)
  })

  it('is not assumed of more than 256 labels', () => {
    const { pooled, reasons, codes, labels } = warningsOf([many], 'undecided')
    expect(labels).toBe('objects')
    expect(pooled.overlap).toBeNull()
    expect(pooled.information).toBeNull()
    expect(reasons).toMatchObject({
      '/pooled/overlap': 'too_many_classes',
      '/pooled/information': 'too_many_classes',
    })
    expect(codes).toEqual([])
    expect(warningsOf([many], 'classes').pooled.overlap?.mean_iou).toBe(1)
  })

  it('keeps objects of different images apart', () => {
    const { pooled, reasons } = warningsOf([first], 'objects')
    expect(pooled.overlap).toBeNull()
    expect(reasons['/pooled/overlap']).toBe('labels_are_objects')
    expect(pooled.mi_loss).toBeGreaterThan(0)
  })

  it('says when one image alone has too many', () => {
    const { too_many_classes: _, ...row } = { ...rowOf(0), too_many_classes: true as const }
    const { reasons } = warningsOf([{ ...row, too_many_classes: true }], 'classes')
    expect(reasons['/pooled/overlap']).toBe('too_many_classes')
  })

  it('says when the joint table of an image was not kept', () => {
    const { joint: _, ...row } = first
    const { pooled, reasons } = warningsOf([row], 'classes')
    expect(pooled.information).toBeNull()
    expect(reasons['/pooled/information']).toBe('joint_not_kept')
    expect(pooled.overlap).not.toBeNull()
  })
})

describe('items that failed', () => {
  const perfect = rowOfPairs(2, [
    [0, 0, 8],
    [1, 1, 8],
  ])
  const { key, index, sha256, ...contents } = perfect
  const empty = emptyContents(contents)
  const problem = {
    side: 'prediction',
    code: 'PREDICTION_MISSING',
    detail: 'There is no prediction.',
  } as const
  const skipped: ItemRow = { ...rowOf(2), status: 'skipped', problem, as_empty: empty }

  it('make a run incomplete and are listed', () => {
    const { complete, items, failures, pooled } = finish([first, second, skipped], runOf(3))
    expect(complete).toBe(false)
    // A row that never came is no better.
    expect(finish([first], runOf(2)).complete).toBe(false)
    expect(items).toEqual({ total: 3, scored: 2, failed: 0, skipped: 1, substituted: 0 })
    expect(failures).toEqual([{ index: 2, key: 'item-0002', ...problem }])
    expect(pooled).toEqual(finish([first, second], runOf(2)).pooled)
  })

  it('count as misses of every pixel when an empty prediction stands in', () => {
    const row = asEmpty(skipped)
    expect(row).toMatchObject({
      status: 'scored',
      substituted: 'missing',
      classes: [
        [0, 0, 0, 8],
        [1, 0, 0, 8],
      ],
    })
    expect(row.scores).toMatchObject({ mi_loss: 1, vi_split: 0, vi_merge: 1, h_joint: 1, mi: 0, mean_iou: 0 })
    const { pooled, complete, items, warnings } = finish([first, row], runOf(2))
    expect({ complete, ...items }).toMatchObject({ complete: true, scored: 2, substituted: 1 })
    expect(pooled.overlap?.per_class[0]).toMatchObject({ tp: 6, fp: 1, fn: 8, iou: 6 / 15 })
    const { vi_split, vi_merge, mi } = first.scores
    const [vi, information] = [(vi_split ?? 0) + (vi_merge ?? 0), mi ?? 0]
    expect(pooled.mi_loss).toBeCloseTo((10 * vi + 16) / (10 * (vi + information) + 16), 14)
    expect(warnings).toMatchObject([{ code: 'MISSING_SCORED_AS_EMPTY', items: 1, first: ['item-0002'] }])
  })

  it('never pay, whatever the ground truth: every score is the worst there is', () => {
    for (const truth of [perfect, rowOfPairs(0, [[0, 0, 9]]), rowOfPairs(0, [[3, 3, 1]])]) {
      const { scores } = emptyContents({
        ...truth,
        scores: { ...truth.scores, ari: 1, rand: 1, kappa: 1, pq: null, adapted_rand_error: 0 },
      })
      expect(scores).toMatchObject({
        mi_loss: 1,
        pixel_accuracy: 0,
        mean_iou: 0,
        ari: 0,
        rand: 0,
        kappa: 0,
        pq: 0,
        adapted_rand_error: 1,
      })
    }
  })

  it('are named where the ground truth has one label, since they weigh nothing in the pooled loss', () => {
    const constant = {
      ...rowOf(0),
      ...emptyContents(rowOfPairs(0, [[0, 0, 9]])),
      substituted: 'broken',
    } as const
    const { pooled, macro, warnings } = finish([constant, { ...first, index: 1, key: 'other' }], runOf(2))
    expect(macro.mi_loss.max).toBe(1)
    expect(pooled.mi_loss).toBe(finish([first], runOf(1)).pooled.mi_loss)
    expect(warnings.map(({ code }) => code)).toEqual(['BROKEN_SCORED_AS_EMPTY', 'EMPTY_WITHOUT_ENTROPY'])
  })

  it('have no value where no pixel counts', () => {
    const { scores, reasons } = emptyContents(rowOfPairs(0, []))
    expect(scores.mi_loss).toBeNull()
    expect(reasons.mi_loss).toBe('no_pixels')
  })

  it('stay failed where the ground truth could not be read', () => {
    const failed = rowOf(0, {
      status: 'failed',
      problem: { side: 'ground_truth', code: 'CORRUPT', detail: 'x' },
    })
    expect(asEmpty(failed)).toBe(failed)
    expect(asEmpty(first)).toBe(first)
  })

  it('are listed up to a thousand, and the rest is counted', () => {
    const rows = Array.from({ length: 1003 }, (_, k) => rowOf(k, { status: 'failed', problem }))
    const { failures, warnings, items } = finish(rows, runOf(1003))
    expect(failures).toHaveLength(1000)
    expect(items.failed).toBe(1003)
    expect(warnings).toMatchObject([
      { code: 'FAILURES_NOT_LISTED', items: 3, first: ['item-1000', 'item-1001', 'item-1002'] },
    ])
  })
})

describe('what a summary says beside scores', () => {
  it('lists the worst items first, equal ones in manifest order', () => {
    const losses = [0.2, 0.9, null, 0.9, 0.1]
    const rows = losses.map((mi_loss, k) => rowOf(k, { scores: { mi_loss, mean_iou: k / 10 } }))
    expect(finish(rows, runOf(5, { worst: 3 })).worst).toEqual([
      { index: 1, key: 'item-0001', mi_loss: 0.9, mean_iou: 0.1 },
      { index: 3, key: 'item-0003', mi_loss: 0.9, mean_iou: 0.3 },
      { index: 0, key: 'item-0000', mi_loss: 0.2, mean_iou: 0 },
    ])
    expect(finish(rows, runOf(5)).worst).toHaveLength(4)
    expect(finish(rows, runOf(5, { worst: 0 })).worst).toEqual([])
  })

  it('counts warnings of items by code and names the first', () => {
    const warned = (index: number, ...codes: string[]) =>
      rowOf(index, { warnings: codes.map((code) => ({ code, message: `${code} of ${index}` })) })
    const rows = [
      warned(0, 'B'),
      warned(1, 'A', 'B'),
      ...Array.from({ length: 6 }, (_, k) => warned(k + 2, 'A')),
    ]
    expect(finish(rows, runOf(8)).warnings).toEqual([
      { code: 'B', items: 2, first: ['item-0000', 'item-0001'], message: 'Of item-0000: B of 0' },
      {
        code: 'A',
        items: 7,
        first: [1, 2, 3, 4, 5].map((k) => `item-000${k}`),
        message: 'Of item-0001: A of 1',
      },
    ])
  })

  it('says of which item it speaks where a warning says something else of each', () => {
    const saying = (index: number, message: string) => rowOf(index, { warnings: [{ code: 'ODD', message }] })
    const messageOf = (...rows: ItemRow[]) => finish(rows, runOf(rows.length)).warnings[0].message
    expect(messageOf(saying(0, 'Odd.'), saying(1, 'Odd.'))).toBe('Odd.')
    expect(messageOf(saying(0, 'Label 3.'), saying(1, 'Label 4.'))).toBe('Of item-0000: Label 3.')
  })

  it('finds one file that is the prediction of several items, unless it is constant', () => {
    const copy = (index: number, given: Partial<ItemRow> = {}) =>
      ({
        ...first,
        ...given,
        index,
        key: `copy-${index}`,
        sha256: [`${index}`.repeat(64), 'ab'.repeat(32)],
      }) as const
    expect(finish([copy(0), second, copy(2)], runOf(3)).warnings).toMatchObject([
      { code: 'DUPLICATE_PREDICTIONS', items: 2, first: ['copy-0', 'copy-2'] },
    ])
    const constant = { scores: { mi: 0, vi_split: 0, vi_merge: 1, mi_loss: 1 } }
    expect(finish([copy(0, constant), copy(1, constant)], runOf(2)).warnings).toEqual([])
    const alike = { ...copy(3), sha256: ['x', `${'ab'.repeat(7)}${'cd'.repeat(25)}`] } as const
    expect(finish([copy(0), alike], runOf(2)).warnings).toEqual([])
  })

  it('answers headline scores by column, failed items counted, values sorted', () => {
    const rows = [
      { ...first, by: { camera: 'right', __proto__: 'x' } },
      { ...second, by: { camera: 'left' } },
      rowOf(2, { status: 'failed', by: { camera: 'left' } }),
      rowOf(3, { status: 'failed', by: { camera: 'none' } }),
    ]
    const { by } = finish(rows, runOf(4))
    expect(by.camera).toEqual([
      {
        value: 'left',
        items: 2,
        scored: 1,
        pooled: { mi_loss: 1, mean_iou: 3 / 8, pixel_accuracy: 3 / 4, mean_dice: 3 / 7 },
        macro: { mi_loss: 1, mean_iou: 3 / 8, pixel_accuracy: 3 / 4 },
      },
      expect.objectContaining({
        value: 'none',
        items: 1,
        scored: 0,
        pooled: expect.objectContaining({ mi_loss: null }),
      }),
      expect.objectContaining({ value: 'right', items: 1, scored: 1 }),
    ])
  })

  it('does not answer a column of more than a thousand values, and says so', () => {
    const rows = Array.from({ length: 1001 }, (_, k) => rowOf(k, { by: { id: `${k}`, site: 'one' } }))
    const { by, warnings } = finish(rows, runOf(1001))
    expect(Object.keys(by)).toEqual(['site'])
    expect(warnings.map(({ code }) => code)).toContain('TOO_MANY_VALUES')
  })

  it('averages scores pooled within groups', () => {
    const rows = [
      { ...first, group: 'a' },
      { ...second, group: 'b' },
      { ...rowOfPairs(2, [[0, 0, 10]]), group: 'b' },
    ]
    const { groups } = finish(rows, runOf(3))
    const ofGroup = (list: readonly ItemRow[]) => finish(list, runOf(list.length)).pooled
    const [a, b] = [ofGroup(rows.slice(0, 1)), ofGroup(rows.slice(1))]
    expect(groups?.count).toBe(2)
    expect(groups?.mean.mi_loss).toBeCloseTo(((a.mi_loss ?? 0) + (b.mi_loss ?? 0)) / 2, 15)
    expect(groups?.mean.mean_iou).toBeCloseTo(
      ((a.overlap?.mean_iou ?? 0) + (b.overlap?.mean_iou ?? 0)) / 2,
      15,
    )
    expect(groups?.defined.mean_iou).toBe(2)
    expect(finish([first], runOf(1)).groups).toBeNull()
  })

  it('has a fingerprint of keys and ground truth, and one of what changes a count', () => {
    const of = (row: ItemRow, options: unknown = {}) => finish([row], runOf(1, {}, { options })).fingerprint
    const plain = of(first)
    expect(of({ ...first, sha256: [first.sha256[0], 'other'] })).toEqual(plain)
    expect(of({ ...first, sha256: ['other', null] }).dataset).not.toBe(plain.dataset)
    expect(of({ ...first, key: 'other' }).dataset).not.toBe(plain.dataset)
    expect(of(first, { families: ['pairs'], log_base: 10 })).toEqual(plain)
    expect(of(first, { background: 0, ignore_labels: [] })).toEqual(plain)
    expect(of(first, { ignore_labels: [255] }).options).not.toBe(plain.options)
  })

  it('stands in the order of the contract', () => {
    expect(Object.keys(finish([first], runOf(1)))).toEqual([
      'version',
      'complete',
      'items',
      'pixels',
      'labels',
      'classes',
      'pooled',
      'macro',
      'by_class',
      'by',
      'groups',
      'intervals',
      'worst',
      'failures',
      'matching',
      'checks',
      'warnings',
      'reasons',
      'options',
      'fingerprint',
    ])
  })

  it('counts an image once that says the same of both its masks', () => {
    const warnings = ['truth', 'prediction'].map((side) => ({
      code: 'CONSTANT_MASK',
      message: `The ${side}`,
    }))
    const rows = [0, 1, 2].map((index) => rowOf(index, { key: `k${index}`, warnings }))
    expect(finish(rows, runOf(3)).warnings).toMatchObject([
      { code: 'CONSTANT_MASK', items: 3, first: ['k0', 'k1', 'k2'], message: 'Of k0: The truth' },
    ])
  })

  it('answers a run of nothing', () => {
    const { complete, pooled, macro, items } = finish([], runOf(0))
    expect({ complete, macro, scored: items.scored, mi_loss: pooled.mi_loss }).toEqual({
      complete: true,
      macro: {},
      scored: 0,
      mi_loss: null,
    })
  })
})
