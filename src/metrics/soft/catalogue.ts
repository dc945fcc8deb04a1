import { metrics } from '../metric.ts'

const noMap = 'The block is null where neither side is a probability map: `no_probabilities`.'
const together =
  'No pixels: undefined; independent channels: undefined, `independent`; two soft maps of too many classes: undefined, `budget`.'

const loss = metrics(
  {
    family: 'soft',
    range: [0, 1],
    unit: null,
    higher_is_better: false,
    corner_cases: `${together} ${noMap}`,
    reference:
      'C. Rajski 1961, of the joint table of two maps; docs/probabilities.md tells its weakness as a target',
  },
  [
    {
      name: 'soft_mi_loss',
      pointer: '/soft/mi_loss',
      definition:
        '1 − I(X;Y) / H(X,Y) of the joint table of probabilities, Σ p(x) q(y) over the pixels. For maps of zeros and ones this is `mi_loss`. It is no proper score: a sharper map has a lower loss, be it right or not. Of two soft maps it depends on `soft.coupling`; under "product" a soft map is not at distance 0 from itself.',
    },
    {
      name: 'soft_mi_loss_split',
      pointer: '/soft/mi_loss_split',
      definition: 'H(Y|X) / H(X,Y): the part of the loss that is over-segmentation.',
    },
    {
      name: 'soft_mi_loss_merge',
      pointer: '/soft/mi_loss_merge',
      definition: 'H(X|Y) / H(X,Y): the part of the loss that is under-segmentation.',
    },
  ],
)

const entropies = metrics(
  {
    family: 'soft',
    range: [0, null],
    unit: 'bits, or as `log_base` says',
    higher_is_better: null,
    corner_cases: together,
    reference: 'T. M. Cover, J. A. Thomas, Elements of Information Theory',
  },
  [
    {
      name: 'soft_mi',
      pointer: '/soft/mi',
      definition: 'I(X;Y) of the joint table.',
      higher_is_better: true,
    },
    { name: 'soft_h_ground_truth', pointer: '/soft/h_ground_truth', definition: 'H(X) of the joint table.' },
    { name: 'soft_h_prediction', pointer: '/soft/h_prediction', definition: 'H(Y) of the joint table.' },
    { name: 'soft_h_joint', pointer: '/soft/h_joint', definition: 'H(X,Y) of the joint table.' },
    {
      name: 'soft_vi',
      pointer: '/soft/vi',
      definition: 'H(Y|X) + H(X|Y) of the joint table.',
      higher_is_better: false,
    },
    {
      name: 'ceiling_prediction',
      pointer: '/soft/ceiling/prediction',
      definition:
        'H(mean q) − mean H(q): what the pixel tells of the predicted class. `mi` is at most this and `ceiling_ground_truth`: no pair of maps of that sharpness does better.',
      corner_cases: `${together} Undefined, \`coupling\`, for the coupling "maximal".`,
    },
    {
      name: 'ceiling_ground_truth',
      pointer: '/soft/ceiling/ground_truth',
      definition: 'The same of the ground truth; its entropy where it is labels.',
      corner_cases: `${together} Undefined, \`coupling\`, for the coupling "maximal".`,
    },
  ],
)

const proper = metrics(
  {
    family: 'soft',
    range: [0, 1],
    unit: null,
    higher_is_better: false,
    corner_cases: 'No pixels: undefined; independent channels: undefined, `independent`.',
    reference: 'T. Gneiting, A. E. Raftery, Strictly proper scoring rules, JASA 102 (2007)',
  },
  [
    {
      name: 'log_loss',
      pointer: '/soft/log_loss',
      definition:
        'Cross-entropy: the mean of −Σ p ln max(q, 1e−15). A proper score: lowest, on average, for the true probabilities.',
      // −ln 1e−15, rounded up: where the logarithm is clipped.
      range: [0, 34.54],
      unit: 'nats',
    },
    {
      name: 'zero_at_truth',
      pointer: '/soft/zero_at_truth',
      definition: 'Pixels where a true class has a probability below 1e−15, so that `log_loss` is clipped.',
      range: [0, null],
      unit: 'pixels',
      corner_cases: '',
    },
    {
      name: 'brier',
      pointer: '/soft/brier',
      definition:
        'The mean of Σ (q − p)² over all classes. A proper score. Of two classes it is twice the Brier score of one.',
      range: [0, 2],
    },
    {
      name: 'js',
      pointer: '/soft/js',
      definition:
        'The mean Jensen–Shannon divergence of the true and the predicted probabilities of a pixel; 0 exactly for identical maps. The score to quote where the ground truth is soft.',
      unit: 'bits',
      reference: 'J. Lin, IEEE Transactions on Information Theory 37 (1991)',
    },
  ],
)

const overlaps = metrics(
  {
    family: 'soft',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'No mass on either side: undefined, `absent_both`.',
    reference:
      'F. Milletari et al., V-Net, 3DV 2016; C. H. Sudre et al., DLMIA 2017; A. A. Taha, A. Hanbury, BMC Medical Imaging 15 (2015)',
  },
  [
    {
      name: 'mass_ground_truth',
      pointer: '/soft/per_class/*/mass_ground_truth',
      definition: 'Σ p of the class.',
      range: [0, null],
      unit: 'pixels',
      higher_is_better: null,
      corner_cases: '',
    },
    {
      name: 'mass_prediction',
      pointer: '/soft/per_class/*/mass_prediction',
      definition: 'Σ q of the class.',
      range: [0, null],
      unit: 'pixels',
      higher_is_better: null,
      corner_cases: '',
    },
    {
      name: 'dice_linear',
      pointer: '/soft/per_class/*/dice_linear',
      definition: '2 Σ p q / (Σ p + Σ q), without smoothing. Below 1 for a soft map against itself.',
    },
    {
      name: 'dice_squared',
      pointer: '/soft/per_class/*/dice_squared',
      definition: '2 Σ p q / (Σ p² + Σ q²). 1 for a map against itself.',
    },
    {
      name: 'dice_minimum',
      pointer: '/soft/per_class/*/dice_minimum',
      definition: '2 Σ min(p, q) / (Σ p + Σ q). 1 for a map against itself.',
    },
    {
      name: 'iou_product',
      pointer: '/soft/per_class/*/iou_product',
      definition: 'Σ p q / (Σ p + Σ q − Σ p q). Below 1 for a soft map against itself.',
    },
    {
      name: 'iou_minimum',
      pointer: '/soft/per_class/*/iou_minimum',
      definition: 'Σ min(p, q) / Σ max(p, q). 1 for a map against itself.',
    },
  ],
)

const others = metrics(
  {
    family: 'soft',
    range: [null, null],
    unit: null,
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'soft_classes',
      pointer: '/soft/classes',
      definition: 'Classes of the maps.',
      range: [0, null],
      unit: 'classes',
    },
    {
      name: 'joint_table',
      pointer: '/soft/table/*/*',
      definition: 'The joint table of classes, of total 1; a row for each true class. Up to 64 classes.',
      range: [0, 1],
    },
    {
      name: 'gradient_table',
      pointer: '/soft/gradient_table/*/*',
      definition:
        '∂ mi_loss / ∂ P(x,y) of the joint table P: −[ln(P / (a b)) + (1 − mi_loss) ln P] / H(X,Y). With a ground truth of labels it is the whole gradient: that of q(y) at a pixel of class x is this cell divided by the number of pixels.',
      corner_cases:
        'The row of a class that the ground truth has not: null, `empty_ground_truth`; empty cells stand at `soft.epsilon`; a single class on both sides: null, `zero_denominator`. Not given for the coupling "maximal".',
    },
    {
      name: 'clipped_cells',
      pointer: '/soft/clipped',
      definition: 'Empty cells that stood at `soft.epsilon` for `gradient_table`.',
      range: [0, null],
      unit: 'cells',
    },
    {
      name: 'rmi_radius',
      pointer: '/soft/rmi/radius',
      definition: 'Side of the windows of `rmi`.',
      range: [2, 7],
      unit: 'pixels',
    },
    {
      name: 'rmi_pool',
      pointer: '/soft/rmi/pool',
      definition: 'Side of the max pooling before `rmi`; 1: none.',
      range: [1, 3],
      unit: 'pixels',
    },
    ...[
      { name: 'rmi_sum', pointer: '/soft/rmi/sum', definition: 'Sum of `rmi` over the classes.' },
      {
        name: 'rmi',
        pointer: '/soft/rmi/per_class/*',
        definition:
          'Region mutual information of a class on windows of R × R pixels: ½ ln det(S_yy − S_yp (S_pp + αI)⁻¹ S_py + αI) / R² of scatter matrices, α = 5e−4, over the whole image. About −3.45 for a perfect map.',
      },
    ].map((metric) => ({
      ...metric,
      unit: 'nats',
      higher_is_better: false,
      corner_cases: 'Fewer pooled rows or columns than R: undefined, `too_small`.',
      reference: 'S. Zhao et al., Region mutual information loss for semantic segmentation, NeurIPS 2019',
    })),
  ],
)

export const softMetrics = [...loss, ...entropies, ...proper, ...overlaps, ...others]
