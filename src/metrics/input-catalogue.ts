import { metrics } from './metric.ts'

/** Sizes and counts of what was scored. */
export const inputMetrics = metrics(
  {
    family: 'input',
    range: [0, null],
    unit: 'pixels',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    { name: 'width', pointer: '/width', definition: 'Columns of both masks.' },
    { name: 'height', pointer: '/height', definition: 'Rows of both masks.' },
    { name: 'depth', pointer: '/depth', definition: 'Slices of both masks; present for volumes only.' },
    { name: 'pixels_total', pointer: '/pixels/total', definition: 'Pixels of each mask.' },
    {
      name: 'pixels_counted',
      pointer: '/pixels/counted',
      definition: 'N: pixels that are compared, after all that options leave out.',
      corner_cases: '0: every score is undefined, `no_pixels`.',
    },
    {
      name: 'pixels_ignored',
      pointer: '/pixels/ignored',
      definition: 'Pixels that options leave out: total − counted.',
    },
    {
      name: 'ground_truth_labels',
      pointer: '/ground_truth/labels',
      unit: 'labels',
      definition: 'Different labels in the ground-truth file.',
    },
    {
      name: 'prediction_labels',
      pointer: '/prediction/labels',
      unit: 'labels',
      definition: 'Different labels in the predicted file.',
    },
    ...(['ground_truth', 'prediction'] as const).map((side) => ({
      name: `${side}_segments`,
      pointer: `/${side}/segments`,
      unit: 'segments',
      definition:
        'Segments that the counted pixels of this mask are cut into: its labels, or their connected components where `components` asks for them.',
    })),
  ],
)
