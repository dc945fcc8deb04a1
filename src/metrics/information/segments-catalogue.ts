import { metrics } from '../metric.ts'

export const segmentMetrics = metrics(
  {
    family: 'segments',
    range: [0, null],
    unit: 'pixels',
    higher_is_better: null,
    corner_cases: 'Same partition: nothing is listed.',
    reference:
      'M. Meilă, Comparing clusterings — an information based distance, J. Multivariate Analysis 98 (2007)',
  },
  [
    {
      name: 'segment_contribution',
      pointer: '/segments/*/contribution',
      unit: 'that of `log_base`',
      higher_is_better: false,
      definition:
        'The part of the VI this segment causes: Σ_j (n/N) log(a/n) on the ground-truth side (it is split), Σ_i (n/N) log(b/n) on the predicted side (it merges). All segments together make `vi`.',
    },
    {
      name: 'segment_share_of_vi',
      pointer: '/segments/*/share_of_vi',
      range: [0, 1],
      unit: null,
      higher_is_better: false,
      definition: 'Its contribution / VI; the shares of all segments sum to 1.',
    },
    {
      name: 'segment_area',
      pointer: '/segments/*/area',
      definition: 'Pixels of the segment.',
      corner_cases: '',
      reference: '',
    },
    {
      name: 'segment_overlap_area',
      pointer: '/segments/*/largest_overlaps/*/area',
      definition: 'Pixels it shares with this segment of the other mask; at most five are listed.',
      corner_cases: '',
      reference: '',
    },
  ],
)
