import { metrics } from '../metric.ts'

const counts = metrics(
  {
    family: 'lesions',
    range: [0, null],
    unit: 'objects',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'lesions',
      pointer: '/lesions/rows/*/lesions',
      definition:
        'Lesions of the ground truth: its connected components (by the rules of BraTS: those of the grown mask), but for small ones.',
    },
    {
      name: 'lesions_predicted',
      pointer: '/lesions/rows/*/predicted',
      definition: 'Connected components of the prediction.',
    },
    {
      name: 'lesions_detected',
      pointer: '/lesions/rows/*/detected',
      definition:
        'Lesions that share a pixel with the prediction; by the rules of BraTS those that touch it when grown.',
      higher_is_better: true,
    },
    {
      name: 'lesions_missed',
      pointer: '/lesions/rows/*/missed',
      definition: 'Lesions that do not.',
      higher_is_better: false,
    },
    {
      name: 'lesions_false',
      pointer: '/lesions/rows/*/false',
      definition: 'Predicted components that no lesion, however small, has a pixel in common with.',
      higher_is_better: false,
    },
    {
      name: 'lesion_predictions',
      pointer: '/lesions/rows/*/per_lesion/*/predictions',
      definition: 'Predicted components that are taken together as the prediction of this lesion.',
    },
  ],
)

const shares = metrics(
  {
    family: 'lesions',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'lesion_sensitivity',
      pointer: '/lesions/rows/*/sensitivity',
      definition: 'Share of the lesions that are detected.',
      corner_cases: 'No lesion: undefined.',
    },
    {
      name: 'lesion_precision',
      pointer: '/lesions/rows/*/precision',
      definition: 'Share of the predicted components that are not false.',
      corner_cases: 'Nothing predicted: undefined.',
    },
    {
      name: 'lesion_f1',
      pointer: '/lesions/rows/*/f1',
      definition: 'Harmonic mean of `lesion_sensitivity` and `lesion_precision`.',
      corner_cases: 'Lesions in one mask only: 0. In neither: undefined, `absent_both`.',
    },
    {
      name: 'lesion_mean_dice',
      pointer: '/lesions/rows/*/mean_dice',
      definition:
        'Σ Dice over the lesions / (lesions + false components), each lesion against all components that it touches when grown. With `lesions.protocol` "brats".',
      corner_cases: 'Neither a lesion nor a false component: 1.',
      reference: 'Metrics of the BraTS 2023 challenge',
    },
    {
      name: 'lesion_dice',
      pointer: '/lesions/rows/*/per_lesion/*/dice',
      definition: 'Dice of one lesion and all components that it touches when grown.',
    },
  ],
)

const distances = metrics(
  {
    family: 'lesions',
    range: [0, null],
    unit: 'that of `boundary.spacing`',
    higher_is_better: false,
    corner_cases: '',
    reference: 'Metrics of the BraTS 2023 challenge',
  },
  [
    {
      name: 'lesion_mean_hausdorff_95',
      pointer: '/lesions/rows/*/mean_hausdorff_95',
      definition:
        'Σ HD95 over the lesions and false components / their number, by surfels; a missed lesion and a false component count 374, the diagonal of 240 x 240 x 155 mm. With `lesions.protocol` "brats".',
      corner_cases: 'Neither a lesion nor a false component: 0.',
    },
    {
      name: 'lesion_hausdorff_95',
      pointer: '/lesions/rows/*/per_lesion/*/hausdorff_95',
      definition: 'HD95 of one lesion and all components that it touches when grown, by surfels.',
      corner_cases: 'None touched: undefined.',
    },
    {
      name: 'lesion_worst_case',
      pointer: '/lesions/rows/*/worst_case',
      higher_is_better: null,
      definition: 'The diagonal of this volume, beside the 374 that stand for a missed lesion.',
    },
  ],
)

const volumes = metrics(
  {
    family: 'lesions',
    range: [0, null],
    unit: 'that of `/lesions/unit`',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'lesion_volume_ground_truth',
      pointer: '/lesions/rows/*/volume_ground_truth',
      definition: 'Volume of the ground truth, small lesions included.',
    },
    {
      name: 'lesion_volume_prediction',
      pointer: '/lesions/rows/*/volume_prediction',
      definition: 'Volume of the prediction.',
    },
    {
      name: 'lesion_false_positive_volume',
      pointer: '/lesions/rows/*/false_positive_volume',
      higher_is_better: false,
      definition: 'Volume of the predicted components without a pixel of the ground truth.',
      reference: 'Evaluation of the autoPET challenge',
    },
    {
      name: 'lesion_false_negative_volume',
      pointer: '/lesions/rows/*/false_negative_volume',
      higher_is_better: false,
      definition: 'Volume of the lesions without a predicted pixel.',
      reference: 'Evaluation of the autoPET challenge',
    },
    {
      name: 'lesion_volume',
      pointer: '/lesions/rows/*/per_lesion/*/volume',
      definition: 'Volume of one lesion.',
    },
  ],
)

export const lesionMetrics = [...counts, ...shares, ...distances, ...volumes]
