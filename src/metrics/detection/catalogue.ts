import { metrics } from '../metric.ts'

const coco = 'T.-Y. Lin et al., Microsoft COCO: common objects in context, ECCV 2014; pycocotools’ `COCOeval`'

const sizes = [
  ['small', 'an area of at most 32²'],
  ['medium', 'an area from 32² to 96²'],
  ['large', 'an area of at least 96²'],
] as const

const whole = metrics(
  {
    family: 'detection',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases:
      'No ground truth that counts: undefined, `empty_ground_truth`; no detection: 0. The block is null where the masks are no COCO documents with `score`s: `no_confidences`, `not_coco`, `no_masks`, `resized`.',
    reference: coco,
  },
  [
    {
      name: 'ap',
      pointer: '/detection/ap',
      definition:
        'Average precision of objects with confidences: the mean of the precision at the recalls 0, 0.01, … 1, over the IoU thresholds and over the categories with a ground truth that counts.',
      corner_cases:
        'No ground truth that counts: undefined, `empty_ground_truth`; no detection: 0. One single perfect detection has 0.9999999999999998.',
    },
    {
      name: 'ap50',
      pointer: '/detection/ap50',
      definition: '`ap` at the IoU threshold 1/2 alone.',
      corner_cases: 'As of `ap`; undefined, `not_asked`, where `detection.thresholds` lacks 0.5.',
    },
    {
      name: 'ap75',
      pointer: '/detection/ap75',
      definition: '`ap` at the IoU threshold 3/4 alone.',
      corner_cases: 'As of `ap`; undefined, `not_asked`, where `detection.thresholds` lacks 0.75.',
    },
    ...sizes.map(([size, area]) => ({
      name: `ap_${size}`,
      pointer: `/detection/ap_${size}`,
      definition: `\`ap\` over the objects of ${area} pixels (\`detection.areas\`): other ground truths are ignored, as are detections that match these, or match nothing and are of another size themselves.`,
    })),
    ...[1, 10, 100].map((most) => ({
      name: `ar_${most}`,
      pointer: `/detection/ar_${most}`,
      definition: `Average recall: the share of ground truths found with at most ${most} detections of each category and image (\`detection.max_detections\`), the mean over IoU thresholds and categories.`,
    })),
    ...sizes.map(([size, area]) => ({
      name: `ar_${size}`,
      pointer: `/detection/ar_${size}`,
      definition: `\`ar_100\` over the objects of ${area} pixels.`,
    })),
  ],
)

const perCategory = whole
  .filter(({ name }) => ['ap', 'ap50', 'ar_100'].includes(name))
  .map((metric) => ({
    ...metric,
    name: `category_${metric.name}`,
    pointer: metric.pointer.replace('/detection/', '/detection/per_category/*/'),
    definition: `Of one category. ${metric.definition}`,
  }))

export const detectionMetrics = [...whole, ...perCategory]
