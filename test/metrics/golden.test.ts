import { describe, expect, it } from 'vitest'
import { information } from '../../src/metrics/information/information.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'
import type { Score } from '../../src/metrics/numbers/undefined-score.ts'
import { overlap } from '../../src/metrics/overlap/overlap.ts'
import { pairs } from '../../src/metrics/pairs/pairs.ts'
import { expectScore } from './expect-score.ts'
import { type GoldenNumber, goldenTables } from './golden-cases.ts'

it('finds golden tables', () => {
  expect(goldenTables.length).toBeGreaterThan(30)
})

describe.each(goldenTables)('golden $id', ({ id, table, expected }) => {
  it('information', () => {
    const golden = expected.info ?? {}
    const score = information(table, { logBase: 'e', ami: true, millerMadow: true })
    const check = (value: Score | undefined, key: string, tolerance?: number) =>
      expectScore(value as Score, golden[key], key, tolerance)
    expect(score.unit).toBe('nats')
    check(score.h_ground_truth, 'h_gt')
    check(score.h_prediction, 'h_pred')
    check(score.h_joint, 'h_joint')
    check(score.mi, 'mi')
    check(score.expected_mi, 'emi_sklearn', 1e-6)
    check(score.expected_mi, 'emi_exact', 1e-12)
    check(score.vi, 'vi_nats')
    check(score.vi_split, 'h_pred_given_gt_nats')
    check(score.vi_merge, 'h_gt_given_pred_nats')
    check(score.vi_log_n, 'vi_over_log_n')
    check(score.nid, 'nid_max')
    for (const mean of ['min', 'geometric', 'arithmetic', 'max'] as const) {
      check(score.nmi[mean], `nmi_${mean}`)
      check(score.ami?.[mean], `ami_${mean}`, 1e-6)
      check(score.ami?.[mean], `ami_${mean}_exact`, 1e-10)
    }
    check(score.homogeneity, 'homogeneity')
    check(score.completeness, 'completeness')
    check(score.v_measure, 'v_measure')
    check(score.miller_madow?.h_ground_truth, 'h_gt_miller_madow')
    check(score.miller_madow?.h_prediction, 'h_pred_miller_madow')
    check(score.miller_madow?.h_joint, 'h_joint_miller_madow')
    check(score.miller_madow?.mi, 'mi_miller_madow')
    const bits = information(table, { logBase: 2 })
    check(bits.vi_split, 'vi_split_bits')
    check(bits.vi_merge, 'vi_merge_bits')
    check(bits.vi, 'vi_bits')
    const loss = miLoss(table)
    check(loss.mi_loss, 'nvi_joint')
  })

  it('pairs', () => {
    const golden = { ...expected.pairs, ...pairsByOwnConvention[id] }
    const score = pairs(table)
    expectScore(score.rand, golden.rand, 'rand')
    expectScore(score.ari, golden.ari, 'ari')
    expectScore(score.fmi, golden.fmi, 'fmi')
    expectScore(score.pair_precision, golden.pair_precision_tp_over_pred_pairs, 'pair_precision')
    expectScore(score.pair_recall, golden.pair_recall_tp_over_gt_pairs, 'pair_recall')
    expectScore(score.adapted_rand_error, golden.adapted_rand_error_skimage_all, 'adapted_rand_error')
    expectScore(score.cremi_score, golden.cremi_score_sqrt_vi_bits_times_are_with_self_pairs, 'cremi_score')
  })
})

const withClasses = goldenTables.flatMap(({ id, table, expected: { classes } }) =>
  classes ? [{ id, table, golden: classes }] : [],
)

describe.each(withClasses)('golden $id', ({ table, golden }) => {
  it('overlap', () => {
    const classes = Array.from({ length: golden.num_classes }, (_, label) => ({
      label,
      name: `class ${label}`,
    }))
    const score = overlap(table, { classes })
    expectScore(score.pixel_accuracy, golden.pixel_accuracy, 'pixel_accuracy')
    expectScore(score.mean_accuracy, golden.mean_accuracy_over_gt_present, 'mean_accuracy')
    expectScore(score.mean_iou, golden.miou_over_present_in_either, 'mean_iou')
    expectScore(score.mean_iou_ground_truth, golden.miou_over_gt_present, 'mean_iou_ground_truth')
    expectScore(score.mean_dice, golden.mdice_over_present_in_either, 'mean_dice')
    expectScore(score.fw_iou, golden.fwiou, 'fw_iou')
    expectScore(score.generalised_dice, golden.generalised_dice_square_absent_weight_max, 'generalised_dice')
    const oneConstant = table.rowLabels.length === 1 || table.columnLabels.length === 1
    // The peer has no kappa and mcc where a prediction is out of range, and 0/0 where both masks are one label.
    if ('kappa' in golden) expectScore(score.kappa, golden.kappa === 'nan' ? 1 : golden.kappa, 'kappa')
    if ('mcc_multiclass' in golden) expectScore(score.mcc, oneConstant ? 'nan' : golden.mcc_multiclass, 'mcc')
    expect(score.per_class).toHaveLength(golden.num_classes)
    for (const [k, row] of golden.per_class.entries()) {
      const own = score.per_class[k]
      expect(own).toMatchObject({ label: row.label, name: `class ${k}`, tp: row.tp, fp: row.fp, fn: row.fn })
      const keys = ['iou', 'dice', 'precision', 'recall', 'specificity', 'volumetric_similarity'] as const
      for (const key of keys) expectScore(own[key], row[key], `${key} of ${row.label}`)
    }
  })
})

/** Where a peer answers 0 or NaN at a corner, and we know better. */
const noPairs = {
  fmi: 1,
  adapted_rand_error_skimage_all: 0,
  pair_precision_tp_over_pred_pairs: 1,
  pair_recall_tp_over_gt_pairs: 1,
}
const pairsByOwnConvention: Readonly<Record<string, Readonly<Record<string, GoldenNumber>>>> = {
  all_singletons: noPairs,
  singletons_vs_constant: { adapted_rand_error_skimage_all: 1 },
  single_pixel: { ...noPairs, rand: 1 },
  single_pixel_differs: { ...noPairs, rand: 1 },
}
