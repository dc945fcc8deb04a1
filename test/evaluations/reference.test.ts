import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { rowOf, runOf } from './rows.ts'

interface Reference {
  readonly rows: Partial<ItemRow>[]
  readonly expected: {
    readonly pooled: Record<string, number | null> & {
      readonly iou?: Record<string, number>
      readonly dice?: Record<string, number>
    }
    readonly panoptic: Record<'pq' | 'sq' | 'rq', number> | null
    readonly detections: readonly { readonly f1: number | null; readonly ap_dsb: number | null }[]
    readonly by_class: Record<string, readonly [iou: number, dice: number]>
    readonly class_first: number | null
    readonly macro: Record<string, Record<string, number | null>>
  }
}

const sets: Reference[] = JSON.parse(readFileSync(join(import.meta.dirname, 'reference/sets.json'), 'utf8'))

const expectNear = (value: unknown, reference: number | null | undefined, what: string) => {
  if (reference === null || reference === undefined) expect(value, what).toBeNull()
  else expect(Math.abs(Number(value) - reference), what).toBeLessThanOrEqual(1e-12)
}

describe('the summary of 50 random sets agrees with numpy', () => {
  it.each(sets.map((set, k) => [k, set] as const))('set %i', (_, { rows, expected }) => {
    const options = { families: ['all'], instances: { thresholds: [0.5, 0.75] } }
    const { pooled, macro, by_class, pixels } = finish(
      rows.map((row, index) => rowOf(index, row)),
      runOf(rows.length, {}, { options }),
    )
    const reference = expected.pooled
    expect(pixels.counted).toBe(reference.pixels)
    for (const name of ['mi_loss', 'mi_loss_split', 'mi_loss_merge'] as const)
      expectNear(pooled[name], reference[name], name)
    for (const name of ['h_joint', 'h_ground_truth', 'h_prediction'] as const)
      expectNear(pooled.information?.[name], reference[name], name)
    for (const name of [
      'pixel_accuracy',
      'mean_iou',
      'mean_dice',
      'mean_accuracy',
      'mean_iou_ground_truth',
      'fw_iou',
    ] as const)
      expectNear(pooled.overlap?.[name], reference[name], name)
    if (typeof reference.kappa === 'number') expectNear(pooled.overlap?.kappa, reference.kappa, 'kappa')
    for (const row of pooled.overlap?.per_class ?? []) {
      expectNear(row.iou, reference.iou?.[row.label], `IoU of ${row.label}`)
      expectNear(row.dice, reference.dice?.[row.label], `Dice of ${row.label}`)
    }
    expect(pooled.overlap?.per_class.length).toBe(Object.keys(reference.iou ?? {}).length)
    for (const name of ['pq', 'sq', 'rq'] as const)
      expectNear(pooled.panoptic?.[name], expected.panoptic?.[name], name)
    expected.detections.forEach(({ f1, ap_dsb }, k) => {
      expectNear(pooled.instances?.thresholds[k].f1, f1, 'f1')
      expectNear(pooled.instances?.thresholds[k].ap_dsb, ap_dsb, 'ap_dsb')
    })
    expect(by_class.map(({ label }) => String(label))).toEqual(Object.keys(expected.by_class))
    for (const { label, mean_iou, mean_dice } of by_class) {
      expectNear(mean_iou, expected.by_class[label][0], `mean IoU of ${label}`)
      expectNear(mean_dice, expected.by_class[label][1], `mean Dice of ${label}`)
    }
    expectNear(macro.mean_iou_class_first?.mean ?? null, expected.class_first, 'class first')
    for (const [name, block] of Object.entries(expected.macro))
      for (const [key, value] of Object.entries(block))
        expectNear(macro[name][key as keyof (typeof macro)[string]], value, `${name} ${key}`)
  })
})
