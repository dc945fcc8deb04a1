import { metrics } from '../metric.ts'

const none =
  'No pixels: undefined. The block is null where the prediction is no probability map, `no_probabilities`, or the ground truth is one, `soft_ground_truth`.'

const errors = metrics(
  {
    family: 'calibration',
    range: [0, 1],
    unit: null,
    higher_is_better: false,
    corner_cases: `${none} Independent channels have no top label: undefined, \`independent\`.`,
    reference: 'C. Guo et al., On calibration of modern neural networks, ICML 2017',
  },
  [
    {
      name: 'ece',
      pointer: '/calibration/ece',
      definition:
        'Expected calibration error of the top label: the mean over pixels of |accuracy − mean confidence| of their bin. Bins are equal parts of [0, 1], right-closed.',
    },
    {
      name: 'ace',
      pointer: '/calibration/ace',
      definition:
        'Average calibration error: the plain mean of |accuracy − mean confidence| over the bins with pixels. Not the adaptive one, with bins of equal mass.',
      reference: 'L. Neumann et al., Relaxed softmax, NeurIPS workshop 2018',
    },
    {
      name: 'mce',
      pointer: '/calibration/mce',
      definition: 'Maximum calibration error: the largest |accuracy − mean confidence| of a bin.',
    },
    {
      name: 'classwise_ece',
      pointer: '/calibration/classwise_ece',
      definition:
        'The mean over all classes of the expected calibration error of the class’s own probability, which is right where the class is true.',
      corner_cases: none,
      reference: 'M. Kull et al., Beyond temperature scaling, NeurIPS 2019',
    },
    {
      name: 'classwise_ace',
      pointer: '/calibration/classwise_ace',
      definition: 'The same of the average calibration error.',
      corner_cases: none,
    },
  ],
)

const rows = metrics(
  {
    family: 'calibration',
    range: [0, 1],
    unit: null,
    higher_is_better: null,
    corner_cases: '',
    reference: '',
  },
  [
    {
      name: 'calibration_bins',
      pointer: '/calibration/bins',
      definition: 'Number of bins.',
      range: [1, 1000],
      unit: 'bins',
    },
    ...Object.entries({
      from: 'Lower bound of a bin, not included but in the first.',
      to: 'Upper bound of a bin, included.',
    }).map(([key, definition]) => ({
      name: `reliability_${key}`,
      pointer: `/calibration/reliability/*/${key}`,
      definition,
    })),
    {
      name: 'reliability_pixels',
      pointer: '/calibration/reliability/*/pixels',
      definition: 'Pixels whose top label has a confidence in the bin.',
      range: [0, null],
      unit: 'pixels',
    },
    {
      name: 'reliability_confidence',
      pointer: '/calibration/reliability/*/confidence',
      definition: 'Their mean confidence.',
      corner_cases: 'A bin without pixels: undefined.',
    },
    {
      name: 'reliability_accuracy',
      pointer: '/calibration/reliability/*/accuracy',
      definition: 'The share of them whose top label is right.',
      corner_cases: 'A bin without pixels: undefined.',
    },
  ],
)

export const calibrationMetrics = [...errors, ...rows]
