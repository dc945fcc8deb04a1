import type { Options } from '../reading/options.ts'
import type { Side } from '../reading/side.ts'
import type { Dice, Grid } from './random-sides.ts'

export interface Sides {
  readonly groundTruth: Side
  readonly prediction: Side
  readonly labels: readonly number[]
  readonly grid: Grid
  readonly isResized: boolean
}

const families = ['information', 'pairs', 'overlap', 'regions', 'instances', 'boundary']

/** A mix of options for two sides; each of them is absent more often than not. */
export function randomOptions(sides: Sides, dice: Dice): Options {
  const { groundTruth, prediction, labels, grid, isResized } = sides
  const hasDocument = groundTruth.kind === 'document' || prediction.kind === 'document'
  const known = hasDocument ? [0, 1, 2, 3] : labels
  const some = <T>(share: number, make: () => T) => (dice.chance(share) ? make() : undefined)
  const components = some(0.35, () => dice.pick(['ground_truth', 'prediction', 'both', 'both'] as const))
  const binary = some(0.2, () => true)
  const minPredictionArea = some(0.1, () => dice.int(2, 5))
  const border_tolerance = some(0.2, () => dice.pick([0, 0, 1, 1.5, 2]))
  const hasAnyVoid = labels.includes(255) && !hasDocument
  const options = {
    families: dice.pick([
      ['all'],
      ['all'],
      families.slice(0, 3),
      ['overlap', 'instances'],
      ['instances', 'pairs'],
    ]),
    beta: some(0.15, () => dice.pick([0.5, 1, 2])),
    log_base: some(0.2, () => dice.pick([2, 'e', 10] as const)),
    ignore_labels: some(hasAnyVoid ? 0.7 : 0.2, () =>
      hasAnyVoid ? dice.pick([[255], [255], [254, 255], [0, 255]]) : [dice.pick(known)],
    ),
    ignore_prediction_labels: some(minPredictionArea ? 0 : 0.1, () => [dice.pick(known)]),
    background: some(minPredictionArea || binary ? 0 : 0.15, () => dice.pick([null, 1, 2, 0])),
    classes: some(0.2, () =>
      dice.pick([{ 1: 'kind 1', 2: 'kind 2', 3: 'kind 3' }, ...(hasDocument ? [] : moreLists)]),
    ),
    min_segment_area: some(0.2, () => dice.int(1, 6)),
    min_prediction_area: minPredictionArea,
    binary,
    components,
    connectivity: some(0.5, () => dice.pick(grid.isVolume ? [6, 18, 26] : [4, 8])),
    border_tolerance,
    border_tolerance_axes: some(grid.isVolume && border_tolerance !== undefined ? 0.5 : 0, () =>
      dice.pick(['volume', 'section'] as const),
    ),
    stack: grid.isVolume ? ('volume' as const) : undefined,
    resize: isResized ? ('nearest' as const) : undefined,
    boundary: some(0.3, () => boundaryOptions(sides, dice)),
    instances: some(0.4, () =>
      present({
        thresholds: some(0.5, () => dice.pick([[0.25], [0.1, 0.6000000000000001, 1], [0.5, 0.75]])),
        panoptic_thresholds: some(0.3, () => dice.pick([[0.25, 0.6], [0.75]])),
        void: some(0.3, () => dice.pick(['forgive', 'count'] as const)),
        match: some(0.3, () => 'any' as const),
      }),
    ),
    include: some(0.8, () => [
      'contingency',
      ...dice.pick([[], ['class_rates'], ['ami'], ['miller_madow', 'segments'], ['matches']]),
    ]),
    segments: { top: 1000 },
    ground_truth: groundTruth.kind === 'document' ? crowdOption(dice) : undefined,
    prediction: prediction.kind === 'document' ? crowdOption(dice) : undefined,
  }
  return present(options) as Options
}

const moreLists = [
  { 0: 'nothing', 1: 'kind 1' },
  { 1: 'kind 1', 255: 'void' },
  { 9: 'absent', 2: 'kind 2' },
]

const crowdOption = (dice: Dice) =>
  dice.chance(0.6) ? { crowd: dice.pick(['auto', 'object', 'crowd', 'ignore'] as const) } : undefined

function boundaryOptions({ grid }: Sides, dice: Dice) {
  const some = <T>(share: number, make: () => T) => (dice.chance(share) ? make() : undefined)
  return present({
    spacing: some(0.6, () =>
      Array.from({ length: grid.isVolume ? 3 : 2 }, () => dice.pick([0.5, 1, 1.5, 2])),
    ),
    tolerances: some(0.4, () => dice.pick([[0], [0.5, 3], [1.5]])),
    percentiles: some(0.3, () => dice.pick([[50], [5, 99.9], [100]])),
    surface: some(grid.isVolume ? 0 : 0.3, () => 'surfel' as const),
    labels: some(0.3, () => dice.pick([[1], [0, 2], [9]])),
    boundary_iou_dilation: some(0.3, () => dice.int(1, 3)),
  })
}

/** Without what is undefined. */
function present<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never
}
