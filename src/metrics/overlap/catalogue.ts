import { metrics } from '../metric.ts'
import { classMetrics } from './class-catalogue.ts'

const taha =
  'A. A. Taha, A. Hanbury, Metrics for evaluating 3D medical image segmentation, BMC Medical Imaging 15 (2015)'
const voc = 'M. Everingham et al., The PASCAL visual object classes challenge, IJCV 88 (2010)'
const sokolova =
  'M. Sokolova, G. Lapalme, A systematic analysis of performance measures for classification tasks, Inf. Process. Manag. 45 (2009)'
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
      name: 'mean_precision',
      pointer: '/overlap/mean_precision',
      definition:
        'Mean precision n_ii / b_i over the classes in either mask; a class that is not predicted counts as 0. With `include: ["class_rates"]`.',
      reference: sokolova,
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
      corner_cases: 'Both masks constant: 1 for the same label, 0 for two. No pixels: undefined.',
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
      corner_cases:
        'Classes that are only predicted: 0. No class in either mask: undefined, `absent_both`. No pixels: undefined.',
      reference: 'C. H. Sudre et al., Generalised Dice overlap, DLMIA 2017',
    },
    {
      name: 'weighted_dice',
      pointer: '/overlap/weighted/dice',
      definition:
        'Σ a_i · Dice_i / Σ a_i: Dice weighted by the size of the class in the ground truth. With `include: ["class_rates"]`.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
      reference: sokolova,
    },
    {
      name: 'weighted_precision',
      pointer: '/overlap/weighted/precision',
      definition:
        'Σ a_i · precision_i / Σ a_i, a class that is not predicted counting as 0. Recall so weighted is `micro_recall`, IoU `fw_iou`. With `include: ["class_rates"]`.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
      reference: sokolova,
    },
    {
      name: 'micro_iou',
      pointer: '/overlap/micro/iou',
      definition:
        'ΣTP / Σ(TP + FP + FN) over all classes: the IoU of their pixels taken together. With `include: ["class_rates"]`.',
      reference: sokolova,
    },
    {
      name: 'micro_dice',
      pointer: '/overlap/micro/dice',
      definition:
        '2ΣTP / Σ(2TP + FP + FN) over all classes. With every label a class it is `pixel_accuracy`, as are `micro_precision` and `micro_recall`; they differ from it where `classes` or void leave labels out. With `include: ["class_rates"]`.',
      reference: sokolova,
    },
    {
      name: 'micro_precision',
      pointer: '/overlap/micro/precision',
      definition: 'ΣTP / Σ(TP + FP) over all classes. With `include: ["class_rates"]`.',
      corner_cases:
        'No class predicted: undefined, `empty_prediction`, in neither mask `absent_both`. No pixels: undefined.',
      reference: sokolova,
    },
    {
      name: 'micro_recall',
      pointer: '/overlap/micro/recall',
      definition: 'ΣTP / Σ(TP + FN) over all classes. With `include: ["class_rates"]`.',
      corner_cases: 'No class in the ground truth: undefined, `empty_ground_truth`. No pixels: undefined.',
      reference: sokolova,
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

export const overlapMetrics = [...overall, ...counts, ...classMetrics]
