import { metrics } from '../metric.ts'

const arbelaez =
  'P. Arbeláez, M. Maire, C. Fowlkes, J. Malik, Contour detection and hierarchical image segmentation, TPAMI 33 (2011)'
const martin =
  'D. Martin, C. Fowlkes, D. Tal, J. Malik, A database of human segmented natural images, ICCV 2001'

export const regionMetrics = metrics(
  {
    family: 'regions',
    range: [0, 1],
    unit: null,
    higher_is_better: true,
    corner_cases: 'No pixels: undefined.',
    reference: 'C. D. Manning, P. Raghavan, H. Schütze, Introduction to Information Retrieval, chapter 16',
  },
  [
    {
      name: 'covering_ground_truth',
      pointer: '/regions/covering_ground_truth',
      definition:
        '(1/N) Σ_i a_i max_j IoU_ij: how well the predicted segments cover each ground-truth segment, by area.',
      reference: arbelaez,
    },
    {
      name: 'covering_prediction',
      pointer: '/regions/covering_prediction',
      definition: '(1/N) Σ_j b_j max_i IoU_ij: the same for each predicted segment.',
      reference: arbelaez,
    },
    {
      name: 'one_to_one_accuracy',
      pointer: '/regions/one_to_one_accuracy',
      definition:
        'Pixel accuracy after the best one-to-one renaming of predicted labels (an assignment problem, solved exactly).',
      corner_cases: 'An assignment past its budget: undefined, `budget`. No pixels: undefined.',
      reference: 'H. W. Kuhn, The Hungarian method for the assignment problem (1955)',
    },
    {
      name: 'purity',
      pointer: '/regions/purity',
      definition:
        '(1/N) Σ_j max_i n_ij: pixels right when every predicted segment takes the label it meets most. Rewards over-segmentation.',
    },
    {
      name: 'inverse_purity',
      pointer: '/regions/inverse_purity',
      definition: '(1/N) Σ_i max_j n_ij: the same the other way round. Rewards under-segmentation.',
    },
    {
      name: 'gce',
      pointer: '/regions/gce',
      higher_is_better: false,
      definition:
        'Global consistency error: the smaller of the mean local refinement errors in the two directions. 0 when one mask refines the other.',
      reference: martin,
    },
    {
      name: 'lce',
      pointer: '/regions/lce',
      higher_is_better: false,
      definition:
        'Local consistency error: the mean over pixels of the smaller of the two local refinement errors. At most `gce`.',
      reference: martin,
    },
    {
      name: 'undersegmentation_error',
      pointer: '/regions/undersegmentation_error',
      higher_is_better: false,
      definition:
        '(1/N) Σ min(n_ij, b_j − n_ij): what predicted segments hold of more than one ground-truth segment, by the smaller side of each border that they cross. 0 when the prediction refines the ground truth, as superpixels should.',
      reference: 'P. Neubert, P. Protzel, Superpixel benchmark and comparison, Forum Bildverarbeitung 2012',
    },
    {
      name: 'relabelling_share',
      pointer: '/regions/relabelling/*/share',
      definition:
        'Pixels that agree once this predicted label is renamed, as a share of all counted pixels. The shares of all rows sum to `one_to_one_accuracy`.',
      corner_cases: '',
      reference: '',
    },
  ],
)
