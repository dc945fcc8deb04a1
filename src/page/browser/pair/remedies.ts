import type { Problem } from '../api/types.ts'

/** A remedy that is an option: pressed, it is set and the pair is scored again. */
export interface OptionRemedy {
  readonly label: string
  readonly options: Readonly<Record<string, unknown>>
}

/** Options of a call, by name. */
export type Options = Readonly<Record<string, unknown>>
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

/** How the files of a refusal may be read otherwise: the remedies of the catalogue that are options of a file. */
const readings: Readonly<Record<string, readonly (readonly [label: string, patch: Options])[]>> = {
  PALETTE_AMBIGUOUS: [
    ['Labels are palette indices', { palette: 'index' }],
    ['Labels are grey values', { palette: 'value' }],
  ],
  COLOR_ENCODING_REQUIRED: [
    ['Pascal VOC colours', { preset: 'voc' }],
    ['Cityscapes colours', { preset: 'cityscapes' }],
    ['COCO panoptic ids', { preset: 'coco_panoptic' }],
    ['Each colour is a label (rgb24)', { color: 'rgb24' }],
  ],
  ALPHA_NOT_OPAQUE: [['Ignore transparency', { alpha: 'ignore' }]],
  NEGATIVE_LABEL: [['Keep negative labels', { negative: 'keep' }]],
}

/** What the page can do by itself about a refusal of a pair. */
export function pairRemedies(problem: Problem, options: Options): OptionRemedy[] {
  // A mask that was saved transposed would be scored, and wrongly: then the remedy says so.
  if (problem.code === 'SIZE_MISMATCH' && !/do not resize|not resized/.test(problem.remedy))
    return [{ label: 'Resize the prediction (nearest) and retry', options: { resize: 'nearest' } }]
  return (readings[problem.code] ?? []).map(([label, patch]) => ofSides(problem, options, label, patch))
}

/** The same for masks of annotators, which are read by one option. */
export const maskRemedies = ({ code }: Problem, options: Options): OptionRemedy[] =>
  (readings[code] ?? []).map(([label, patch]) => ({
    label,
    options: { prediction: { ...(options.prediction as Options | undefined), ...patch } },
  }))

/** Whether a key of the service is missing or wrong. */
export const asksForKey = ({ code }: Problem): boolean => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'
