import { metrics } from '../metric.ts'

export const pairsMetrics = metrics(
  {
    family: 'pairs',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'No pixels, or probabilities in place of counts: undefined.',
    reference: 'W. M. Rand, J. Am. Statistical Association 66 (1971)',
  },
  [
    {
      name: 'rand',
      pointer: '/pairs/rand',
      definition:
        '(TP + TN) / (N(N−1)): the share of pixel pairs on which both masks agree. TP: together in both; FP: in the prediction only; FN: in the ground truth only; TN: in neither.',
      corner_cases: 'One pixel: 1. No pixels, or probabilities: undefined.',
    },
    {
      name: 'ari',
      pointer: '/pairs/ari',
      range: [-1, 1],
      definition:
        'Adjusted Rand index 2(TP·TN − FN·FP) / ((TP+FN)(FN+TN) + (TP+FP)(FP+TN)): the Rand index corrected for chance.',
      corner_cases: 'No pair wrong: 1. No pixels, or probabilities: undefined.',
      reference: 'L. Hubert, P. Arabie, Comparing partitions, J. Classification 2 (1985)',
    },
    {
      name: 'fmi',
      pointer: '/pairs/fmi',
      definition: 'Fowlkes–Mallows index √(`pair_precision` · `pair_recall`).',
      corner_cases:
        'No pair together in either mask: 1. In one mask only: 0. No pixels, or probabilities: undefined.',
      reference: 'E. B. Fowlkes, C. L. Mallows, J. Am. Statistical Association 78 (1983)',
    },
    {
      name: 'pair_precision',
      pointer: '/pairs/pair_precision',
      definition:
        'TP / (TP + FP): of the pairs the prediction joins, the share that belongs together. Low: merges.',
      corner_cases:
        'The prediction joins no pair: 1 for equal partitions, else undefined, `zero_denominator`. No pixels, or probabilities: undefined.',
      reference: 'I. Arganda-Carreras et al., Frontiers in Neuroanatomy 9 (2015)',
    },
    {
      name: 'pair_recall',
      pointer: '/pairs/pair_recall',
      definition:
        'TP / (TP + FN): of the pairs that belong together, the share the prediction joins. Low: splits.',
      corner_cases:
        'The ground truth joins no pair: 1 for equal partitions, else undefined, `zero_denominator`. No pixels, or probabilities: undefined.',
      reference: 'I. Arganda-Carreras et al., Frontiers in Neuroanatomy 9 (2015)',
    },
    {
      name: 'adapted_rand_error',
      pointer: '/pairs/adapted_rand_error',
      higher_is_better: false,
      definition:
        '(FP + FN) / (2TP + FP + FN) = 1 − the harmonic mean of pair precision and recall, pairs of a pixel with itself not counted.',
      corner_cases: 'No pair together in either mask: 0. No pixels, or probabilities: undefined.',
      reference: 'I. Arganda-Carreras et al., Frontiers in Neuroanatomy 9 (2015)',
    },
    {
      name: 'cremi_score',
      pointer: '/pairs/cremi_score',
      range: [0, null],
      unit: '√bits',
      higher_is_better: false,
      definition:
        '√(VI · adapted Rand error), the VI in bits whatever `log_base` is, the error with pairs of a pixel with itself, as the challenge counts them.',
      corner_cases: 'Same partition: 0. No pixels, or probabilities: undefined.',
      reference: 'CREMI challenge, https://cremi.org/metrics/',
    },
  ],
)
