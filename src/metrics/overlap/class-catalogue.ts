import { metrics } from '../metric.ts'

const taha =
  'A. A. Taha, A. Hanbury, Metrics for evaluating 3D medical image segmentation, BMC Medical Imaging 15 (2015)'

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
    {
      name: 'class_volume_ground_truth',
      pointer: '/overlap/per_class/*/volume_ground_truth',
      unit: 'ml',
      definition:
        'Volume of the class in the ground truth; of volumes whose spacing in millimetres is known.',
    },
    {
      name: 'class_volume_prediction',
      pointer: '/overlap/per_class/*/volume_prediction',
      unit: 'ml',
      definition: 'Volume of the class in the prediction; of volumes whose spacing in millimetres is known.',
    },
    {
      name: 'class_area_difference',
      pointer: '/overlap/per_class/*/area_difference',
      range: [null, null],
      definition:
        'b − a: by how many pixels the predicted area is larger; negative where it is smaller. With `include: ["class_rates"]`.',
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
      name: 'class_f_beta',
      pointer: '/overlap/per_class/*/f_beta',
      definition:
        '(1 + β²)TP / ((1 + β²)TP + β²·FN + FP): recall weighs β² times what precision does. Only where a `beta` is asked for.',
      reference: 'C. J. van Rijsbergen, Information Retrieval, 2nd edition (1979)',
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
      corner_cases:
        'Ground truth is nothing but this class: undefined, `zero_denominator`. Class in neither mask: 1.',
    },
    {
      name: 'class_npv',
      pointer: '/overlap/per_class/*/npv',
      definition: 'Negative predictive value TN / (TN + FN). With `include: ["class_rates"]`.',
      corner_cases:
        'Prediction is nothing but this class: undefined, `zero_denominator`. Class in neither mask: 1.',
    },
    {
      name: 'class_fpr',
      pointer: '/overlap/per_class/*/fpr',
      higher_is_better: false,
      definition: 'False positive rate FP / (FP + TN) = 1 − specificity. With `include: ["class_rates"]`.',
      corner_cases:
        'Ground truth is nothing but this class: undefined, `zero_denominator`. Class in neither mask: 0.',
    },
    {
      name: 'class_fnr',
      pointer: '/overlap/per_class/*/fnr',
      higher_is_better: false,
      definition: 'False negative rate FN / (TP + FN) = 1 − recall. With `include: ["class_rates"]`.',
      corner_cases:
        'Class not in the ground truth: undefined, `empty_ground_truth`, in neither mask `absent_both`.',
    },
    {
      name: 'class_fdr',
      pointer: '/overlap/per_class/*/fdr',
      higher_is_better: false,
      definition: 'False discovery rate FP / (TP + FP) = 1 − precision. With `include: ["class_rates"]`.',
      corner_cases: 'Class not predicted: undefined, `empty_prediction`, in neither mask `absent_both`.',
    },
    {
      name: 'class_balanced_accuracy',
      pointer: '/overlap/per_class/*/balanced_accuracy',
      definition:
        '(recall + specificity) / 2 of the class against all others. With `include: ["class_rates"]`.',
      corner_cases: 'Undefined where recall or specificity is, with its reason.',
      reference: 'K. H. Brodersen et al., The balanced accuracy and its posterior distribution, ICPR 2010',
    },
    {
      name: 'class_youden_j',
      pointer: '/overlap/per_class/*/youden_j',
      range: [-1, 1],
      definition:
        'Youden\'s J, recall + specificity − 1: 0 for a prediction that knows nothing of the class. With `include: ["class_rates"]`.',
      corner_cases: 'Undefined where recall or specificity is, with its reason.',
      reference: 'W. J. Youden, Index for rating diagnostic tests, Cancer 3 (1950)',
    },
    {
      name: 'class_volumetric_similarity',
      pointer: '/overlap/per_class/*/volumetric_similarity',
      definition: '1 − |FN − FP| / (2TP + FP + FN): how equal the areas are, wherever they lie.',
    },
    {
      name: 'class_relative_area_difference',
      pointer: '/overlap/per_class/*/relative_area_difference',
      range: [-1, null],
      higher_is_better: null,
      definition:
        '(b − a) / a: by what share of the true area the predicted one is larger; −1 when nothing is predicted. Its absolute value is the error. With `include: ["class_rates"]`.',
      corner_cases:
        'Class not in the ground truth: undefined, `empty_ground_truth`, in neither mask `absent_both`.',
      reference:
        'T. Heimann et al., Comparison and evaluation of methods for liver segmentation, IEEE TMI 28 (2009)',
    },
  ],
)

/** Scores of single classes. */
export const classMetrics = [...perClass, ...areas]
