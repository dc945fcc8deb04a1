import { presetNames } from '../../src/decoding/presets.ts'
import type { Choices } from './choices.ts'

const families = ['information', 'pairs', 'overlap', 'regions', 'instances']
const labels = [0, 1, 2, 3, 15, 70, 255]

/** Options of every call together, likely ones, seldom many at a time; the caller takes those that its call knows. */
export function randomOptions({ chance, pick, some, maybe, below }: Choices): Record<string, unknown> {
  return {
    ...maybe(0.7, () => ({
      families: [pick(families), ...some(chance(0.3) ? [...families, 'boundary', 'all'] : families)],
    })),
    ...maybe(0.4, () => ({ include: some(['contingency', 'segments', 'ami', 'miller_madow'], 0.6) })),
    ...maybe(0.2, () => ({ log_base: pick(['e', 10, 2]) })),
    ...maybe(0.2, () => ({ ignore_labels: some(labels) })),
    ...maybe(0.15, () => ({ ignore_prediction_labels: some(labels, 0.2) })),
    ...maybe(0.15, () => ({ background: pick([null, 0, 1, 255]) })),
    ...maybe(0.15, () => ({
      classes: pick([['sky', 'sea', 'sand'], { 0: 'ground', 1: 'cell', 255: 'void' }]),
    })),
    ...maybe(0.15, () => ({ min_segment_area: pick([1, 5, 50]) })),
    ...maybe(0.2, () => ({ instances: { thresholds: some([0.1, 0.3, 0.5, 0.75, 1], 0.6) } })),
    ...maybe(0.2, () => ({ segments: { top: 1 + below(5) } })),
    ...maybe(0.2, () => ({
      checks: [{ metric: pick(['/mi_loss', '/overlap/mean_iou', '/pairs/ari']), min: 0.5 }],
    })),
    ...maybe(0.15, () => ({ binary: true })),
    ...maybe(0.1, () => ({ stack: 'volume' })),
    ...maybe(0.3, () => ({ resize: pick(['nearest', 'nearest', 'never']) })),
    ...maybe(0.15, () => ({ border_tolerance: pick([0, 1, 2.5]) })),
    ...maybe(0.2, () => ({ components: pick(['none', 'ground_truth', 'prediction', 'both']) })),
    ...maybe(0.1, () => ({ connectivity: pick([4, 4, 4, 8, 8, 8, 6, 26]) })),
    ...maybe(0.25, () => ({ boundary: boundary({ pick, some, maybe }) })),
    ...maybe(0.3, () => ({ mode: pick(['difference', 'segments']) })),
  }
}

const boundary = ({ pick, some, maybe }: Pick<Choices, 'pick' | 'some' | 'maybe'>) => ({
  ...maybe(0.3, () => ({
    spacing: pick([
      [0.5, 2],
      [1, 1],
      [3, 1, 1],
    ]),
  })),
  ...maybe(0.4, () => ({ tolerances: [pick([0, 1, 2]), ...some([0.5, 3])] })),
  ...maybe(0.4, () => ({ surface: pick(['pixel', 'surfel']) })),
  ...maybe(0.3, () => ({ labels: [pick(labels), ...some(labels)] })),
  ...maybe(0.3, () => ({ boundary_iou_dilation: pick([1, 2, 5]) })),
})

/** Options of one side beside those that its mask needs. */
export function randomSideOptions({ pick, maybe }: Choices): Record<string, unknown> {
  return {
    ...maybe(0.08, () => ({ palette: pick(['auto', 'index', 'value']) })),
    ...maybe(0.08, () => ({ grey_bits: pick(['expanded', 'sample']) })),
    ...maybe(0.08, () => ({
      color: pick(['reject', 'rgb24', { '#000000': 0, '#ff0000': 1, '#800000': 2 }]),
    })),
    ...maybe(0.05, () => ({ alpha: pick(['opaque', 'ignore']) })),
    ...maybe(0.05, () => ({ negative: pick(['reject', 'keep']) })),
    ...maybe(0.06, () => ({ preset: pick(presetNames) })),
    ...maybe(0.06, () => ({
      format: pick(['coco', 'coco_rle', 'label_studio', 'labelme', 'cvat_shapes', 'darwin']),
    })),
    ...maybe(0.12, () => ({ polygon_fill: pick(['coco', 'center', 'inclusive']) })),
    ...maybe(0.05, () => ({ crowd: pick(['object', 'ignore']) })),
    ...maybe(0.05, () => ({ image: pick(['scene.png', 0, 1, 'x']) })),
    ...maybe(0.05, () => ({ annotation: pick([1, 2, 'x']) })),
    ...maybe(0.05, () => ({ alpha_threshold: pick([1, 128, 255]) })),
    ...maybe(0.05, () => ({ width: pick([80, 40]), height: pick([64, 32]) })),
  }
}
