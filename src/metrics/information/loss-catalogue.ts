import { metrics } from '../metric.ts'

export const lossMetrics = metrics(
  {
    family: 'loss',
    range: [0, 1],
    unit: null,
    higher_is_better: false,
    corner_cases:
      'Same partition, also both masks constant: exactly 0. One mask constant: 1, all of it split or all of it merge. No pixels: undefined.',
    reference:
      'C. Rajski, A metric space of discrete probability distributions, Information and Control 4 (1961); N. X. Vinh, J. Epps, J. Bailey, JMLR 11 (2010)',
  },
  [
    {
      name: 'mi_loss',
      pointer: '/mi_loss',
      definition:
        'Mutual-information loss: VI / H(X,Y) = 1 − I(X;Y) / H(X,Y). 0 exactly when both masks cut the pixels into the same segments, 1 when they are independent. A metric; blind to the names of labels.',
    },
    {
      name: 'mi_loss_split',
      pointer: '/mi_loss_split',
      definition: 'H(Y|X) / H(X,Y): the part of the loss that is over-segmentation.',
    },
    {
      name: 'mi_loss_merge',
      pointer: '/mi_loss_merge',
      definition:
        'H(X|Y) / H(X,Y): the part of the loss that is under-segmentation. `mi_loss_split` + `mi_loss_merge` = `mi_loss`.',
    },
  ],
)
