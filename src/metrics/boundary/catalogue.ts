import { metrics } from '../metric.ts'

const taha =
  'A. A. Taha, A. Hanbury, Metrics for evaluating 3D medical image segmentation, BMC Medical Imaging 15 (2015)'

const distances = metrics(
  {
    family: 'boundary',
    range: [0, null],
    unit: 'that of `boundary.spacing`',
    higher_is_better: false,
    corner_cases:
      'Label in one mask only: undefined, with `worst_case` beside. In neither: undefined, `absent_both`.',
    reference: taha,
  },
  [
    {
      name: 'hausdorff',
      pointer: '/boundary/per_label/*/hausdorff',
      definition: 'The largest distance from a border point of one mask to the nearest one of the other.',
    },
    {
      name: 'hausdorff_ground_truth',
      pointer: '/boundary/per_label/*/hausdorff_ground_truth',
      definition:
        'Directed Hausdorff distance: the largest distance from a border point of the ground truth to the predicted border. Large: something is missed.',
    },
    {
      name: 'hausdorff_prediction',
      pointer: '/boundary/per_label/*/hausdorff_prediction',
      definition:
        'Directed Hausdorff distance: the largest distance from a predicted border point to the border of the ground truth. Large: something is invented.',
    },
    {
      name: 'hausdorff_95',
      pointer: '/boundary/per_label/*/hausdorff_95',
      definition: 'The larger of the two 95th percentiles of those distances, one a direction.',
    },
    {
      name: 'hausdorff_percentile',
      pointer: '/boundary/per_label/*/hausdorff_percentiles/*/value',
      definition:
        'The larger of the two percentiles of those distances, one a direction, for each percentile that `boundary.percentiles` asks for; interpolated linearly between neighbours.',
    },
    {
      name: 'hausdorff_percentile_ground_truth',
      pointer: '/boundary/per_label/*/hausdorff_percentiles/*/ground_truth',
      definition: 'The percentile of the distances from the border of the ground truth to the predicted one.',
    },
    {
      name: 'hausdorff_percentile_prediction',
      pointer: '/boundary/per_label/*/hausdorff_percentiles/*/prediction',
      definition: 'The percentile of the distances from the predicted border to that of the ground truth.',
    },
    {
      name: 'assd',
      pointer: '/boundary/per_label/*/assd',
      definition: 'Average symmetric surface distance: the mean of the distances of both directions, pooled.',
    },
    {
      name: 'masd',
      pointer: '/boundary/per_label/*/masd',
      definition:
        'Mean average surface distance: the mean of `asd_ground_truth` and `asd_prediction`, each direction weighing the same however many points it has.',
      reference: 'L. Maier-Hein et al., Metrics reloaded, Nature Methods 21 (2024)',
    },
    {
      name: 'asd_ground_truth',
      pointer: '/boundary/per_label/*/asd_ground_truth',
      definition: 'The mean distance from the border of the ground truth to that of the prediction.',
    },
    {
      name: 'asd_prediction',
      pointer: '/boundary/per_label/*/asd_prediction',
      definition: 'The mean distance from the border of the prediction to that of the ground truth.',
    },
    {
      name: 'boundary_worst_case',
      pointer: '/boundary/per_label/*/worst_case',
      higher_is_better: null,
      definition:
        'The diagonal of the image: what a distance may count as when the label is missing on one side.',
      corner_cases: '',
      reference: '',
    },
  ],
)

const shares = metrics(
  {
    family: 'boundary',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'Label in one mask only: 0. In neither: undefined, `absent_both`.',
    reference:
      'G. Csurka, D. Larlus, F. Perronnin, What is a good evaluation measure for semantic segmentation?, BMVC 2013',
  },
  [
    {
      name: 'nsd',
      pointer: '/boundary/per_label/*/nsd/*/value',
      definition:
        'Normalised surface Dice: the share of both borders that lies within `tolerance` of the other, the tolerance included.',
      reference:
        'S. Nikolov et al., Clinically applicable segmentation of head and neck anatomy, JMIR 23 (2021)',
    },
    {
      name: 'boundary_precision',
      pointer: '/boundary/per_label/*/boundary_f1/*/precision',
      definition: 'The share of the predicted border within `tolerance` of that of the ground truth.',
    },
    {
      name: 'boundary_recall',
      pointer: '/boundary/per_label/*/boundary_f1/*/recall',
      definition: 'The share of the border of the ground truth within `tolerance` of the predicted one.',
    },
    {
      name: 'boundary_f1',
      pointer: '/boundary/per_label/*/boundary_f1/*/f1',
      definition:
        'Harmonic mean of boundary precision and recall. Not the measure of the BSDS benchmark, which matches points one to one.',
    },
    {
      name: 'boundary_iou',
      pointer: '/boundary/per_label/*/boundary_iou',
      definition:
        'IoU of the two inner bands of `boundary_iou_dilation` pixels along the borders. For objects thinner than the band it is the plain IoU.',
      reference: 'B. Cheng et al., Boundary IoU, CVPR 2021',
    },
  ],
)

const settings = metrics(
  {
    family: 'boundary',
    range: [0, null],
    unit: 'pixels',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'boundary_iou_dilation',
      pointer: '/boundary/boundary_iou_dilation',
      definition: 'Width of the band of `boundary_iou`; by default 2 % of the diagonal, at least 1.',
    },
  ],
)

export const boundaryMetrics = [...distances, ...shares, ...settings]
