import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SoftCase, softCases } from '../golden/soft/cases.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const map = (rows: readonly (readonly number[])[], { height, width }: SoftCase) =>
  writeNpy({ descr: '<f8', shape: [rows.length, height, width], values: rows.flat() })

const partsOf = (golden: SoftCase, options: object) =>
  form({
    ground_truth: golden.labels
      ? writeNpy({ descr: '|u1', shape: [golden.height, golden.width], values: golden.labels })
      : map(golden.truth ?? [], golden),
    prediction: map(golden.prediction, golden),
    options: {
      log_base: 'e',
      prediction: { probabilities: { layout: 'chw' } },
      ...(golden.truth && { ground_truth: { probabilities: { layout: 'chw' } } }),
      ...options,
    },
  })

const informationKeys = [
  'mi_loss',
  'mi_loss_split',
  'mi_loss_merge',
  'mi',
  'vi',
  'h_ground_truth',
  'h_prediction',
  'h_joint',
] as const

describe.each(softCases().map((golden) => [golden.name, golden] as const))(
  'POST /v1/score of %s',
  (_, golden) => {
    it.each(['product', 'maximal'] as const)(
      'answers what the reference computes, coupling %s',
      async (coupling) => {
        const { expect: wanted, height } = golden
        const withRmi = height > 3 && golden.labels !== undefined
        const { status, json } = await post(
          service,
          '/v1/score',
          partsOf(golden, {
            families: ['information', 'soft', 'calibration', 'thresholds'],
            soft: { coupling, bins: wanted.calibration?.bins ?? 15, pool: wanted.rmi_pool3 ? 3 : 1 },
            ...(withRmi && { include: ['rmi'] }),
          }),
        )
        expect(status, JSON.stringify(json)).toBe(200)
        const near = (pointer: string, value: number, tolerance = 1e-12) => {
          const actual = at(json, pointer)
          expect(actual, pointer).toBeTypeOf('number')
          expect(
            Math.abs((actual as number) - value),
            `${pointer}: ${actual} against ${value}`,
          ).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)))
        }
        for (const key of informationKeys) near(`/soft/${key}`, wanted[coupling][key])
        near('/soft/log_loss', wanted.log_loss_1e_15)
        near('/soft/brier', wanted.brier)
        near('/soft/js', wanted.js_bits)
        // With a hard side there is one coupling, and the ceiling holds.
        const isUnique = at(json, '/soft/coupling') === 'unique'
        if (isUnique || coupling === 'product') {
          near('/soft/ceiling/ground_truth', wanted.ceilings.ground_truth)
          near('/soft/ceiling/prediction', wanted.ceilings.prediction)
          for (const [x, row] of wanted.table.entries())
            for (const [y, cell] of row.entries()) near(`/soft/table/${x}/${y}`, cell)
        } else expect(at(json, '/reasons')).toHaveProperty(['/soft/ceiling/prediction'], 'coupling')
        for (const [key, values] of Object.entries(wanted.overlaps))
          for (const [c, value] of values.entries()) near(`/soft/per_class/${c}/${key}`, value)
        for (const [x, row] of (wanted.gradient_table ?? []).entries())
          if (wanted.table[x].every((cell) => cell === 0)) {
            expect(at(json, `/soft/gradient_table/${x}`)).toBeNull()
            expect(at(json, '/reasons')).toHaveProperty([`/soft/gradient_table/${x}`], 'empty_ground_truth')
          } else for (const [y, cell] of row.entries()) near(`/soft/gradient_table/${x}/${y}`, cell)
        if (wanted.hard)
          for (const key of ['mi', 'vi', 'h_prediction'] as const)
            near(`/information/${key}`, wanted.hard[key])
        if (wanted.calibration)
          for (const key of ['ece', 'ace', 'mce', 'classwise_ece'] as const)
            near(`/calibration/${key}`, wanted.calibration[key])
        if (wanted.sweep)
          for (const key of [
            'average_precision',
            'auroc',
            'best_iou',
            'best_iou_threshold',
            'best_dice',
          ] as const)
            near(`/thresholds/per_class/1/${key}`, wanted.sweep[key])
        const rmi = wanted.rmi_pool3 ?? wanted.rmi_pool1
        for (const [c, value] of (rmi ?? []).entries()) near(`/soft/rmi/per_class/${c}`, value, 1e-9)
      },
    )
  },
)
