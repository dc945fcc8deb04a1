import type { Problem } from '../api/types.ts'

/** A remedy that is an option: pressed, it is set and the pair is scored again. */
export interface OptionRemedy {
  readonly label: string
  readonly options: Readonly<Record<string, unknown>>
}

type Options = Readonly<Record<string, unknown>>
type Side = 'ground_truth' | 'prediction'

const titles: Readonly<Record<Side, string>> = { ground_truth: 'ground truth', prediction: 'prediction' }

/** The sides that a problem points at; both where it points at none. */
function sidesOf({ errors }: Problem): Side[] {
  const sides = (['ground_truth', 'prediction'] as const).filter((side) =>
    errors.some(({ pointer }) => pointer === `/${side}` || pointer.startsWith(`/${side}/`)),
  )
  return sides.length > 0 ? sides : ['ground_truth', 'prediction']
}

/** An option of how the files concerned are read. */
function ofSides(problem: Problem, options: Options, label: string, patch: Options): OptionRemedy {
  const sides = sidesOf(problem)
  const patches = Object.fromEntries(
    sides.map((side) => [side, { ...((options[side] as Options | undefined) ?? {}), ...patch }]),
  )
  const where = sides.length === 1 ? ` (${titles[sides[0]]})` : ''
  return { label: label + where, options: patches }
}

/** What the page can do about a refusal by itself: the remedies of the catalogue that are options. */
export function optionRemedies(problem: Problem, options: Options): OptionRemedy[] {
  const read = (label: string, patch: Options) => ofSides(problem, options, label, patch)
  switch (problem.code) {
    case 'SIZE_MISMATCH':
      // A mask that was saved transposed would be scored, and wrongly: then the remedy says so.
      return /do not resize|not resized/.test(problem.remedy)
        ? []
        : [{ label: 'Resize the prediction (nearest) and retry', options: { resize: 'nearest' } }]
    case 'PALETTE_AMBIGUOUS':
      return [
        read('Labels are palette indices', { palette: 'index' }),
        read('Labels are grey values', { palette: 'value' }),
      ]
    case 'COLOR_ENCODING_REQUIRED':
      return [
        read('Pascal VOC colours', { preset: 'voc' }),
        read('Cityscapes colours', { preset: 'cityscapes' }),
        read('COCO panoptic ids', { preset: 'coco_panoptic' }),
        read('Each colour is a label (rgb24)', { color: 'rgb24' }),
      ]
    case 'ALPHA_NOT_OPAQUE':
      return [read('Ignore transparency', { alpha: 'ignore' })]
    case 'NEGATIVE_LABEL':
      return [read('Keep negative labels', { negative: 'keep' })]
    default:
      return []
  }
}

/** Whether a key of the service is missing or wrong. */
export const asksForKey = ({ code }: Problem): boolean => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'
