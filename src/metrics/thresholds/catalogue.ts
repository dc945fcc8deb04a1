import { metrics } from '../metric.ts'

export const thresholdMetrics = metrics(
  {
    family: 'thresholds',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases:
      'No pixel of the class: undefined, `empty_ground_truth`. The block is null where the prediction is no probability map, `no_probabilities`, or the ground truth is one, `soft_ground_truth`.',
    reference: 'J. Davis, M. Goadrich, ICML 2006; T. Fawcett, Pattern Recognition Letters 27 (2006)',
  },
  [
    {
      name: 'average_precision',
      pointer: '/thresholds/per_class/*/average_precision',
      definition:
        'Σ (R_n − R_{n−1}) P_n over all distinct probabilities of the class, from the highest: precision and recall of its pixels.',
    },
    {
      name: 'auroc',
      pointer: '/thresholds/per_class/*/auroc',
      definition:
        'Area below the curve of the true positive rate over the false positive rate: how often a pixel of the class has a higher probability than another, ties half.',
      corner_cases:
        'No pixel of the class: undefined, `empty_ground_truth`; nothing but the class: undefined, `zero_denominator`.',
    },
    {
      name: 'best_iou',
      pointer: '/thresholds/per_class/*/best_iou',
      definition:
        'The largest IoU at the thresholds k/255, where foreground is a probability of at least the threshold. Found in hindsight: no score to quote for a model.',
    },
    {
      name: 'best_iou_threshold',
      pointer: '/thresholds/per_class/*/best_iou_threshold',
      definition: 'The lowest threshold that has `best_iou`.',
      higher_is_better: null,
    },
    {
      name: 'best_dice',
      pointer: '/thresholds/per_class/*/best_dice',
      definition: 'The same of Dice.',
    },
    {
      name: 'best_dice_threshold',
      pointer: '/thresholds/per_class/*/best_dice_threshold',
      definition: 'The lowest threshold that has `best_dice`.',
      higher_is_better: null,
    },
    {
      name: 'curve',
      pointer: '/thresholds/per_class/*/curve/*/*',
      definition:
        '`include: ["curves"]`: threshold k/255, and the pixels that are true positive, false positive and missed at it.',
      range: [0, null],
      higher_is_better: null,
      corner_cases: '',
      reference: '',
    },
  ],
)
