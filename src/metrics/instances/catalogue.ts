import { metrics } from '../metric.ts'

const dsb = 'Data Science Bowl 2018; J. C. Caicedo et al., Nature Methods 16 (2019)'
const panoptic = 'A. Kirillov et al., Panoptic segmentation, CVPR 2019'
const hoover =
  'A. Hoover et al., An experimental comparison of range image segmentation algorithms, TPAMI 18 (1996)'
const kumar =
  'N. Kumar et al., A dataset and a technique for generalized nuclear segmentation, IEEE TMI 36 (2017)'

const counts = metrics(
  {
    family: 'instances',
    range: [0, null],
    unit: 'objects',
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'ground_truth_count',
      pointer: '/instances/ground_truth_count',
      definition: 'Ground-truth objects: labels other than `background`.',
    },
    { name: 'prediction_count', pointer: '/instances/prediction_count', definition: 'Predicted objects.' },
    {
      name: 'instance_tp',
      pointer: '/instances/thresholds/*/tp',
      higher_is_better: true,
      definition: 'Objects matched one to one with an IoU of at least the threshold.',
    },
    {
      name: 'instance_fp',
      pointer: '/instances/thresholds/*/fp',
      higher_is_better: false,
      definition: 'Predicted objects without a match.',
    },
    {
      name: 'instance_fn',
      pointer: '/instances/thresholds/*/fn',
      higher_is_better: false,
      definition: 'Ground-truth objects without a match.',
    },
    {
      name: 'split_objects',
      pointer: '/instances/split_objects',
      higher_is_better: false,
      definition:
        'Ground-truth objects that are cut into pieces: two or more predicted objects have more than half of their pixels in it and together cover more than half of it. With `include: ["matches"]` `splits` says which.',
      corner_cases:
        'Copies of one object are no pieces: of predicted objects that overlap, only those that fit beside the larger ones count.',
      reference: hoover,
    },
    {
      name: 'merged_objects',
      pointer: '/instances/merged_objects',
      higher_is_better: false,
      definition:
        'Predicted objects that join several: two or more ground-truth objects have more than half of their pixels in it and together cover more than half of it. With `include: ["matches"]` `merges` says which.',
      corner_cases: 'As of `split_objects`, the sides exchanged.',
      reference: hoover,
    },
    {
      name: 'panoptic_tp',
      pointer: '/instances/panoptic/tp',
      higher_is_better: true,
      definition: 'Objects matched with an IoU above 1/2, which makes the match unique.',
    },
    {
      name: 'panoptic_fp',
      pointer: '/instances/panoptic/fp',
      higher_is_better: false,
      definition: 'Predicted objects without such a match.',
    },
    {
      name: 'panoptic_fn',
      pointer: '/instances/panoptic/fn',
      higher_is_better: false,
      definition: 'Ground-truth objects without such a match.',
    },
    {
      name: 'panoptic_n_averaged',
      pointer: '/instances/panoptic/n_averaged',
      unit: 'categories',
      definition: 'Categories that pq, sq and rq average, where the masks have categories.',
    },
    {
      name: 'n_averaged_mean_ap_dsb',
      pointer: '/instances/n_averaged/mean_ap_dsb',
      unit: 'thresholds',
      definition: 'Thresholds that `mean_ap_dsb` averages.',
    },
  ],
)

const scores = metrics(
  {
    family: 'instances',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'Objects on one side only: 0. On neither: undefined, `absent_both`.',
    reference: dsb,
  },
  [
    {
      name: 'instance_precision',
      pointer: '/instances/thresholds/*/precision',
      definition: 'TP / (TP + FP) at this threshold; IoU ≥ threshold, with a slack of 1e-12.',
      corner_cases: 'No predicted object: undefined, `empty_prediction`. On neither side: `absent_both`.',
    },
    {
      name: 'instance_recall',
      pointer: '/instances/thresholds/*/recall',
      definition: 'TP / (TP + FN) at this threshold.',
      corner_cases:
        'No ground-truth object: undefined, `empty_ground_truth`. On neither side: `absent_both`.',
    },
    {
      name: 'instance_f1',
      pointer: '/instances/thresholds/*/f1',
      definition: '2TP / (2TP + FP + FN) at this threshold.',
    },
    {
      name: 'ap_dsb',
      pointer: '/instances/thresholds/*/ap_dsb',
      definition:
        'TP / (TP + FP + FN) at this threshold: what DSB 2018, StarDist and Cellpose call AP. Not the AP of COCO, which needs confidences.',
    },
    {
      name: 'mean_ap_dsb',
      pointer: '/instances/mean_ap_dsb',
      definition: 'Mean of `ap_dsb` over the thresholds.',
    },
    {
      name: 'pq',
      pointer: '/instances/panoptic/pq',
      definition:
        'Panoptic quality Σ IoU / (TP + FP/2 + FN/2) = `sq` · `rq`, over matches with IoU > 1/2; where the masks have categories, the mean over them.',
      reference: panoptic,
    },
    {
      name: 'sq',
      pointer: '/instances/panoptic/sq',
      definition: 'Segmentation quality: mean IoU of the matches.',
      corner_cases: 'No match: undefined, `zero_denominator`. No objects at all: undefined, `absent_both`.',
      reference: panoptic,
    },
    {
      name: 'rq',
      pointer: '/instances/panoptic/rq',
      definition: 'Recognition quality TP / (TP + FP/2 + FN/2): the F1 score of the matches.',
      reference: panoptic,
    },
    {
      name: 'mean_matched_dice',
      pointer: '/instances/mean_matched_dice',
      range: [0, 1],
      definition: 'Mean Dice of the objects that match with IoU > 1/2.',
      corner_cases: 'No match: undefined, `zero_denominator`. No objects at all: undefined, `absent_both`.',
      reference: panoptic,
    },
    {
      name: 'match_iou',
      pointer: '/instances/matches/*/iou',
      range: [0, 1],
      definition: 'IoU of two objects that match, which is above 1/2.',
      reference: panoptic,
    },
    {
      name: 'aji',
      pointer: '/instances/aji',
      definition:
        'Aggregated Jaccard index: intersections over unions summed over each ground-truth object and its best prediction, unused predictions added to the unions.',
      reference: kumar,
    },
    {
      name: 'aji_plus',
      pointer: '/instances/aji_plus',
      definition:
        '`aji` with predictions assigned one to one, by the largest sum of IoUs, so that none is used twice.',
      corner_cases:
        'Objects on one side only: 0. On neither: undefined, `absent_both`. An assignment past its budget: `budget`.',
      reference: 'S. Graham et al., HoVer-Net, Medical Image Analysis 58 (2019)',
    },
    {
      name: 'sbd',
      pointer: '/instances/sbd',
      definition:
        'Symmetric best Dice: the smaller of the two mean best Dice scores over the objects of each side.',
      reference:
        'H. Scharr et al., Leaf segmentation in plant phenotyping: a collation study, Machine Vision and Applications 27 (2016)',
    },
  ],
)

const groups = metrics(
  {
    family: 'instances',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'No object of such a category on either side: undefined, `absent_both`.',
    reference: panoptic,
  },
  (['things', 'stuff'] as const).flatMap((group) => [
    ...(['pq', 'sq', 'rq'] as const).map((name) => ({
      name: `${group}_${name}`,
      pointer: `/instances/panoptic/${group}/${name}`,
      definition: `Mean of \`${name}\` over the categories that are ${group}, where annotations tell (COCO's \`isthing\`); 0 for one without a match.`,
    })),
    {
      name: `${group}_n_averaged`,
      pointer: `/instances/panoptic/${group}/n_averaged`,
      range: [0, null] as const,
      unit: 'categories',
      higher_is_better: null,
      definition: `Categories of ${group} that these means are over.`,
      corner_cases: '',
      reference: '',
    },
  ]),
)

const perCategory = [...counts, ...scores]
  .filter(({ name }) => /^(panoptic_(tp|fp|fn)|pq|sq|rq)$/.test(name))
  .map((metric) => ({
    ...metric,
    name: `category_${metric.name.replace('panoptic_', '')}`,
    pointer: metric.pointer.replace('/panoptic/', '/panoptic/per_category/*/'),
    definition: `Of one category, where the masks have categories. ${metric.definition}`,
  }))

const atThresholds = [...counts, ...scores]
  .filter(({ name }) => /^(panoptic_(tp|fp|fn)|pq|sq|rq)$/.test(name))
  .map((metric) => ({
    ...metric,
    name: `${metric.name}_at_threshold`,
    pointer: metric.pointer.replace('/panoptic/', '/panoptic_thresholds/*/'),
    definition: `With the IoU of \`panoptic_thresholds\` in place of 1/2. ${metric.definition}`,
  }))

export const instanceMetrics = [...counts, ...scores, ...groups, ...perCategory, ...atThresholds]
