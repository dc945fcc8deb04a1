import { metrics } from '../metric.ts'

const taha =
  'A. A. Taha, A. Hanbury, Metrics for evaluating 3D medical image segmentation, BMC Medical Imaging 15 (2015)'
const voc = 'M. Everingham et al., The PASCAL visual object classes challenge, IJCV 88 (2010)'
const fcn = 'J. Long, E. Shelhamer, T. Darrell, Fully convolutional networks, CVPR 2015'

const overall = metrics(
  {
    family: 'overlap',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'No class to average: undefined, `absent_both`. No pixels: undefined.',
    reference: fcn,
  },
  [
    {
      name: 'pixel_accuracy',
      pointer: '/overlap/pixel_accuracy',
      definition: 'Σ n_ii / N: pixels whose labels agree, over all labels of either mask.',
      corner_cases: 'No pixels: undefined.',
    },
    {
      name: 'mean_accuracy',
      pointer: '/overlap/mean_accuracy',
      definition: 'Mean recall n_ii / a_i over the classes in the ground truth.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
    },
    {
      name: 'mean_iou',
      pointer: '/overlap/mean_iou',
      definition: 'Mean IoU over the classes in either mask; a class that is only predicted counts as 0.',
      reference: voc,
    },
    {
      name: 'mean_iou_ground_truth',
      pointer: '/overlap/mean_iou_ground_truth',
      definition: 'Mean IoU over the classes in the ground truth.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
    },
    {
      name: 'fw_iou',
      pointer: '/overlap/fw_iou',
      definition: 'Σ a_i · IoU_i / Σ a_i: IoU weighted by the size of the class in the ground truth.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
    },
    {
      name: 'mean_dice',
      pointer: '/overlap/mean_dice',
      definition: 'Mean Dice over the classes in either mask.',
      reference: taha,
    },
    {
      name: 'kappa',
      pointer: '/overlap/kappa',
      range: [-1, 1],
      definition:
        "Cohen's kappa (p − e) / (1 − e): accuracy p beyond the agreement e = Σ a_k b_k / N² by chance.",
      corner_cases:
        'Both masks constant: 1 for the same label, else undefined, `zero_denominator`. No pixels: undefined.',
      reference: 'J. Cohen, Educational and Psychological Measurement 20 (1960)',
    },
    {
      name: 'mcc',
      pointer: '/overlap/mcc',
      range: [-1, 1],
      definition:
        'Matthews correlation for many classes: (N Σ n_kk − Σ a_k b_k) / √((N² − Σ a_k²)(N² − Σ b_k²)).',
      corner_cases: 'A constant mask: undefined, `zero_denominator`. No pixels: undefined.',
      reference:
        'J. Gorodkin, Comparing two K-category assignments, Computational Biology and Chemistry 28 (2004)',
    },
    {
      name: 'generalised_dice',
      pointer: '/overlap/generalised_dice',
      definition:
        '2 Σ w_i TP_i / Σ w_i (a_i + b_i) with w_i = 1/a_i², a class not in the ground truth weighing as much as the rarest one that is. A single pixel of such a class can dominate.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
      reference: 'C. H. Sudre et al., Generalised Dice overlap, DLMIA 2017',
    },
    {
      name: 'worst_iou',
      pointer: '/overlap/worst/iou',
      definition: 'The lowest IoU of a class in either mask; `worst.label` says which.',
    },
  ],
)

const counts = metrics(
  {
    family: 'overlap',
    range: [0, null],
    unit: 'classes',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'classes_averaged',
      pointer: '/overlap/classes_averaged',
      definition: 'Classes that `mean_iou` averages.',
    },
    ...(['mean_accuracy', 'mean_iou', 'mean_iou_ground_truth', 'mean_dice'] as const).map((mean) => ({
      name: `n_averaged_${mean}`,
      pointer: `/overlap/n_averaged/${mean}`,
      definition: `Classes that \`${mean}\` averages.`,
    })),
  ],
)

const areas = metrics(
  {
    family: 'overlap',
    range: [0, null],
    unit: 'pixels',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'class_support',
      pointer: '/overlap/per_class/*/support',
      definition: 'a: pixels of the class in the ground truth.',
    },
    {
      name: 'class_predicted',
      pointer: '/overlap/per_class/*/predicted',
      definition: 'b: pixels of the class in the prediction.',
    },
    {
      name: 'class_tp',
      pointer: '/overlap/per_class/*/tp',
      definition: 'Pixels of the class in both masks.',
      higher_is_better: true,
    },
    {
      name: 'class_fp',
      pointer: '/overlap/per_class/*/fp',
      definition: 'Pixels of the class in the prediction only.',
      higher_is_better: false,
    },
    {
      name: 'class_fn',
      pointer: '/overlap/per_class/*/fn',
      definition: 'Pixels of the class in the ground truth only.',
      higher_is_better: false,
    },
  ],
)

const perClass = metrics(
  {
    family: 'overlap',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'Class in one mask only: 0. In neither: undefined, `absent_both`.',
    reference: taha,
  },
  [
    {
      name: 'class_iou',
      pointer: '/overlap/per_class/*/iou',
      definition: 'TP / (TP + FP + FN), the Jaccard index.',
    },
    {
      name: 'class_dice',
      pointer: '/overlap/per_class/*/dice',
      definition: '2TP / (2TP + FP + FN), the F1 score.',
    },
    {
      name: 'class_precision',
      pointer: '/overlap/per_class/*/precision',
      definition: 'TP / (TP + FP).',
      corner_cases: 'Class not predicted: undefined, `empty_prediction`, in neither mask `absent_both`.',
    },
    {
      name: 'class_recall',
      pointer: '/overlap/per_class/*/recall',
      definition: 'TP / (TP + FN), also called sensitivity or class accuracy.',
      corner_cases:
        'Class not in the ground truth: undefined, `empty_ground_truth`, in neither mask `absent_both`.',
    },
    {
      name: 'class_specificity',
      pointer: '/overlap/per_class/*/specificity',
      definition: 'TN / (TN + FP).',
      corner_cases: 'Ground truth is nothing but this class: undefined, `zero_denominator`.',
    },
    {
      name: 'class_volumetric_similarity',
      pointer: '/overlap/per_class/*/volumetric_similarity',
      definition: '1 − |FN − FP| / (2TP + FP + FN): how equal the areas are, wherever they lie.',
    },
  ],
)

export const overlapMetrics = [...overall, ...counts, ...perClass, ...areas]
