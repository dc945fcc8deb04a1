import { metrics } from '../metric.ts'

const meila =
  'M. Meilă, Comparing clusterings — an information based distance, J. Multivariate Analysis 98 (2007)'
const vinh =
  'N. X. Vinh, J. Epps, J. Bailey, Information theoretic measures for clusterings comparison, JMLR 11 (2010)'
const rosenberg = 'A. Rosenberg, J. Hirschberg, V-Measure, EMNLP-CoNLL 2007'
const cover = 'T. M. Cover, J. A. Thomas, Elements of Information Theory, chapter 2'
const miller = 'G. A. Miller, Note on the bias of information estimates (1955)'

const entropies = metrics(
  {
    family: 'information',
    range: [0, null],
    unit: 'that of `log_base`',
    higher_is_better: null,
    corner_cases: 'A constant mask: 0. No pixels: undefined.',
    reference: cover,
  },
  [
    {
      name: 'h_ground_truth',
      pointer: '/information/h_ground_truth',
      definition: 'H(X) = Σ (a/N) log(N/a) over the ground-truth segments: how finely it is cut.',
    },
    {
      name: 'h_prediction',
      pointer: '/information/h_prediction',
      definition: 'H(Y) = Σ (b/N) log(N/b) over the predicted segments.',
    },
    {
      name: 'h_joint',
      pointer: '/information/h_joint',
      definition: 'H(X,Y) = Σ (n/N) log(N/n) over the pairs of segments that meet.',
    },
    {
      name: 'mi',
      pointer: '/information/mi',
      higher_is_better: true,
      definition:
        'Mutual information I(X;Y) = Σ (n/N) log(nN / (ab)). 0 for independent masks, H for identical ones; assumes no linear relation.',
      corner_cases:
        'A constant mask: 0. Independent masks: exactly 0. Same partition: exactly H(X). No pixels: undefined.',
    },
    {
      name: 'expected_mi',
      pointer: '/information/expected_mi',
      definition:
        'The mutual information that segments of these sizes have by chance: the mean of I over all random layouts, exact to rounding. With `include: ["ami"]`.',
      corner_cases:
        'One segment on a side: 0. No pixels, or probabilities in place of counts: undefined. More work than the budget: undefined, `budget`.',
      reference: vinh,
    },
    {
      name: 'vi',
      pointer: '/information/vi',
      higher_is_better: false,
      definition:
        'Variation of information H(Y|X) + H(X|Y) = `vi_split` + `vi_merge`. A metric, at most log N.',
      corner_cases: 'Same partition: exactly 0. No pixels: undefined.',
      reference: meila,
    },
    {
      name: 'vi_split',
      pointer: '/information/vi_split',
      higher_is_better: false,
      definition: 'H(Y|X) = Σ (n/N) log(a/n): what the prediction splits (over-segmentation).',
      corner_cases: 'The prediction splits nothing: exactly 0. No pixels: undefined.',
      reference: meila,
    },
    {
      name: 'vi_merge',
      pointer: '/information/vi_merge',
      higher_is_better: false,
      definition: 'H(X|Y) = Σ (n/N) log(b/n): what the prediction merges (under-segmentation).',
      corner_cases: 'The prediction merges nothing: exactly 0. No pixels: undefined.',
      reference: meila,
    },
  ],
)

const normalised = metrics(
  {
    family: 'information',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases:
      'Same partition, also both constant: 1. Exactly one mask constant: 0. No pixels: undefined.',
    reference: vinh,
  },
  [
    {
      name: 'vi_log_n',
      pointer: '/information/vi_log_n',
      higher_is_better: false,
      definition: 'VI / log N. Drifts with the size of the image: do not compare across sizes.',
      corner_cases: 'One pixel: 0. No pixels, or probabilities in place of counts: undefined.',
      reference: meila,
    },
    {
      name: 'nid',
      pointer: '/information/nid',
      higher_is_better: false,
      definition: 'Normalised information distance 1 − I / max(H(X), H(Y)). A metric.',
      corner_cases: 'Same partition, also both constant: 0. One mask constant: 1. No pixels: undefined.',
    },
    {
      name: 'nmi_min',
      pointer: '/information/nmi/min',
      definition: 'I / min(H(X), H(Y)): 1 whenever one mask refines the other.',
    },
    {
      name: 'nmi_geometric',
      pointer: '/information/nmi/geometric',
      definition: 'I / √(H(X) H(Y)).',
    },
    {
      name: 'nmi_arithmetic',
      pointer: '/information/nmi/arithmetic',
      definition: '2I / (H(X) + H(Y)) = `v_measure` with β = 1; ranks as `nmi_joint` does.',
    },
    { name: 'nmi_max', pointer: '/information/nmi/max', definition: 'I / max(H(X), H(Y)) = 1 − `nid`.' },
    {
      name: 'nmi_joint',
      pointer: '/information/nmi/joint',
      definition: 'I / H(X,Y) = 1 − `mi_loss`.',
    },
    {
      name: 'homogeneity',
      pointer: '/information/homogeneity',
      definition: 'I / H(X): 1 when every predicted segment lies within one ground-truth segment.',
      corner_cases: 'Ground truth constant: 1. No pixels: undefined.',
      reference: rosenberg,
    },
    {
      name: 'completeness',
      pointer: '/information/completeness',
      definition: 'I / H(Y): 1 when every ground-truth segment lies within one predicted segment.',
      corner_cases: 'Prediction constant: 1. No pixels: undefined.',
      reference: rosenberg,
    },
    {
      name: 'v_measure',
      pointer: '/information/v_measure',
      definition:
        '(1 + β) h c / (β h + c) of homogeneity h and completeness c: their harmonic mean unless the option `beta` is not 1.',
      corner_cases: 'Both 0: 0. Both constant: 1. No pixels: undefined.',
      reference: rosenberg,
    },
  ],
)

const adjusted = metrics(
  {
    family: 'information',
    range: [null, 1],
    unit: null,
    higher_is_better: true,
    corner_cases:
      'Same partition: 1. Exactly one mask constant, or one-pixel segments only on one side: 0. Mean within 1e-15 of the expectation: 0. Probabilities, no pixels: undefined. Over the budget: undefined, `budget`.',
    reference: vinh,
  },
  (
    [
      ['min', 'min(H(X), H(Y)); a refinement scores 1 as well'],
      ['geometric', '√(H(X) H(Y))'],
      ['arithmetic', '(H(X) + H(Y)) / 2, what most people report'],
      ['max', 'max(H(X), H(Y)), what its authors recommend'],
    ] as const
  ).map(([mean, formula]) => ({
    name: `ami_${mean}`,
    pointer: `/information/ami/${mean}`,
    definition: `Adjusted mutual information (I − E[I]) / (M − E[I]) with M = ${formula}. About 0 by chance, negative below it. With \`include: ["ami"]\`.`,
  })),
)

const corrected = metrics(
  {
    family: 'information',
    range: [0, null],
    unit: 'that of `log_base`',
    higher_is_better: null,
    corner_cases: 'No pixels, or probabilities in place of counts: undefined.',
    reference: miller,
  },
  [
    {
      name: 'miller_madow_h_ground_truth',
      pointer: '/information/miller_madow/h_ground_truth',
      definition:
        'H(X) + (m − 1)/(2N) nats with m ground-truth segments: corrected for the size of the sample. Pixels are not independent draws, so it corrects too little. With `include: ["miller_madow"]`.',
    },
    {
      name: 'miller_madow_h_prediction',
      pointer: '/information/miller_madow/h_prediction',
      definition: 'The same of the predicted segments.',
    },
    {
      name: 'miller_madow_h_joint',
      pointer: '/information/miller_madow/h_joint',
      definition: 'The same of the pairs of segments that meet.',
    },
    {
      name: 'miller_madow_mi',
      pointer: '/information/miller_madow/mi',
      range: [null, null],
      higher_is_better: true,
      definition: 'H(X) + H(Y) − H(X,Y) of the corrected entropies; may be negative and is not clipped.',
    },
  ],
)

export const informationMetrics = [...entropies, ...normalised, ...adjusted, ...corrected]
