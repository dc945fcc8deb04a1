/**
 * Where a value of golden.json stands in a report: [JSON pointer of the report, keys in `expected`, tolerance].
 * Scores are asked for in nats; values in bits are converted.
 */
export interface GoldenField {
  readonly pointer: string
  readonly path: readonly string[]
  readonly scale?: number
  /** Absolute tolerance; default 1e-9 absolute or relative. */
  readonly tolerance?: number
}

const field = (pointer: string, path: string, more: Partial<GoldenField> = {}): GoldenField => ({
  pointer,
  path: path.split('.'),
  ...more,
})

const bitsToNats = Math.LN2
/** scikit-learn's own round-off, see the tolerances in golden.json. */
const sklearnAmi = { tolerance: 1e-6 }
const exactAmi = { tolerance: 1e-10 }

export const goldenFields: readonly GoldenField[] = [
  field('/mi_loss', 'info.nvi_joint'),
  field('/information/h_ground_truth', 'info.h_gt'),
  field('/information/h_prediction', 'info.h_pred'),
  field('/information/h_joint', 'info.h_joint'),
  field('/information/mi', 'info.mi'),
  field('/information/expected_mi', 'info.emi_sklearn', sklearnAmi),
  field('/information/expected_mi', 'info.emi_exact'),
  field('/information/vi', 'info.vi_bits', { scale: bitsToNats }),
  field('/information/vi_split', 'info.vi_split_bits', { scale: bitsToNats }),
  field('/information/vi_merge', 'info.vi_merge_bits', { scale: bitsToNats }),
  field('/information/vi_log_n', 'info.vi_over_log_n'),
  field('/information/nid', 'info.nid_max'),
  field('/information/homogeneity', 'info.homogeneity'),
  field('/information/completeness', 'info.completeness'),
  field('/information/v_measure', 'info.v_measure'),
  ...['min', 'geometric', 'arithmetic', 'max'].flatMap((mean) => [
    field(`/information/nmi/${mean}`, `info.nmi_${mean}`),
    field(`/information/ami/${mean}`, `info.ami_${mean}`, sklearnAmi),
    field(`/information/ami/${mean}`, `info.ami_${mean}_exact`, exactAmi),
  ]),
  field('/information/miller_madow/h_ground_truth', 'info.h_gt_miller_madow'),
  field('/information/miller_madow/h_prediction', 'info.h_pred_miller_madow'),
  field('/information/miller_madow/h_joint', 'info.h_joint_miller_madow'),
  field('/information/miller_madow/mi', 'info.mi_miller_madow'),
  field('/pairs/rand', 'pairs.rand'),
  field('/pairs/ari', 'pairs.ari'),
  field('/pairs/fmi', 'pairs.fmi'),
  field('/pairs/pair_precision', 'pairs.pair_precision_tp_over_pred_pairs'),
  field('/pairs/pair_recall', 'pairs.pair_recall_tp_over_gt_pairs'),
  field('/pairs/adapted_rand_error', 'pairs.adapted_rand_error_skimage_all'),
  field('/pairs/cremi_score', 'pairs.cremi_score_sqrt_vi_bits_times_are_with_self_pairs'),
  field('/overlap/pixel_accuracy', 'classes.pixel_accuracy'),
  field('/overlap/mean_accuracy', 'classes.mean_accuracy_over_gt_present'),
  field('/overlap/mean_iou', 'classes.miou_over_present_in_either'),
  field('/overlap/mean_iou_ground_truth', 'classes.miou_over_gt_present'),
  field('/overlap/mean_dice', 'classes.mdice_over_present_in_either'),
  field('/overlap/fw_iou', 'classes.fwiou'),
  field('/overlap/generalised_dice', 'classes.generalised_dice_square_absent_weight_max'),
  field('/overlap/kappa', 'classes.kappa'),
  field('/overlap/mcc', 'classes.mcc_multiclass'),
  field('/regions/covering_ground_truth', 'regions.covering_of_gt_by_pred'),
  field('/regions/covering_prediction', 'regions.covering_of_pred_by_gt'),
  field('/regions/one_to_one_accuracy', 'regions.best_one_to_one_accuracy'),
  field('/regions/purity', 'regions.purity_many_to_one_pred_to_gt'),
  field('/regions/inverse_purity', 'regions.inverse_purity'),
  field('/regions/gce', 'regions.gce'),
  field('/regions/lce', 'regions.lce'),
]

export const perClassFields = [
  'tp',
  'fp',
  'fn',
  'iou',
  'dice',
  'precision',
  'recall',
  'specificity',
  'volumetric_similarity',
] as const
