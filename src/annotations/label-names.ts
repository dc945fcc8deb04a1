import type { Warning } from '../labels/decoded-mask.ts'
import type { AnnotatedImage, Region, RegionLabel } from './annotated-image.ts'
import { LabelNumbers } from './label-numbers.ts'

/** The labels that names and categories became, shared by all images it was made for. */
export interface LabelList {
  /** Throws only for a region of an image that the list was not made for. */
  labelOf(region: Region): number
  readonly names: ReadonlyMap<number, string>
  /** The label that `classes` calls 0, where a document has a category 0: it cannot keep that number. */
  readonly classZero: number | undefined
  /** What the pixels of crowd regions get where they are to be left out; no class has it. */
  readonly crowdLabel: number | undefined
  readonly warnings: readonly Warning[]
}

/**
 * Gives every name and category of the images (ground truth first, then the prediction) its label, as `LabelNumbers`
 * says; names come in the order of the document's own list of labels where it has one.
 * With `classes` a bare name outside of it is refused (INVALID_ANNOTATION), and a category whose number it has is that
 * class.
 */
export function assignLabels(
  images: readonly AnnotatedImage[],
  classes?: ReadonlyMap<number, string>,
): LabelList {
  const regions = images.flatMap((image) => image.regions)
  const numbers = new LabelNumbers(
    regions.map(({ label }) => label),
    classes,
  )
  const labels = new Map<RegionLabel, number>()
  for (const { declared = [], regions } of images) {
    // A list of labels says their order; with `classes` only what is shown needs a class.
    if (!classes) for (const label of declared) labels.set(label, numbers.numberOf(label, ''))
    for (const { label, pointer } of regions)
      if (!labels.has(label)) labels.set(label, numbers.numberOf(label, pointer))
  }
  const { names, warnings, classZero } = numbers
  if (!classes) warnings.push(...numbersBesideNames(regions, labels, names))
  const crowdLabel = images.some(leavesOutCrowds) ? numbers.nextFree() : undefined
  return { labelOf: (region) => labels.get(region.label) as number, names, classZero, crowdLabel, warnings }
}

/** True when the image has crowd regions whose pixels are to be left out. */
export function leavesOutCrowds({ crowd, regions }: AnnotatedImage): boolean {
  return crowd === 'ignore' && regions.some((region) => region.crowd)
}

/** Numbers of one document and names of another cannot be matched unless the caller says which is which. */
function numbersBesideNames(
  regions: readonly Region[],
  labels: ReadonlyMap<RegionLabel, number>,
  names: ReadonlyMap<number, string>,
): Warning[] {
  const bare = regions.find(
    ({ label }) => label.kind === 'category' && !names.has(labels.get(label) as number),
  )
  const named = regions.find(({ label }) => label.kind === 'name')
  if (bare?.label.kind !== 'category' || named?.label.kind !== 'name') return []
  const message = `One annotation numbers its categories (${bare.label.id}), another names them ("${named.label.name}"): they are different labels until \`classes\` says which number is which name.`
  return [{ code: 'NUMBERS_MEET_NAMES', message }]
}
