import type { Warning } from '../labels/decoded-mask.ts'
import { refuseField } from '../problems/refusal.ts'
import { type AnnotatedImage, anyObject, type Region, type RegionLabel } from './annotated-image.ts'
import { numbersMeetNames } from './numbers-meet-names.ts'

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
 * Gives every name and category of the images (ground truth first, then the prediction) its label.
 * A name that `classes` or a category has is that label; any other name takes the next free number from 1 on, in the
 * order of the document's own list of labels where it has one.
 * Where two documents number one name differently, the first document's number counts: names match, numbers
 * are only how a document writes them. With `classes` a bare name outside of it is refused (INVALID_ANNOTATION),
 * and a category whose number it has is that class. Category 0 is always another label, as 0 is what nobody painted.
 */
export function assignLabels(
  images: readonly AnnotatedImage[],
  classes?: ReadonlyMap<number, string>,
): LabelList {
  const names = new Map<number, string>(classes)
  const labelOfName = new Map<string, number>()
  for (const [label, name] of names) if (!labelOfName.has(name)) labelOfName.set(name, label)
  const warnings: Warning[] = []
  const regions = images.flatMap((image) => image.regions)
  const taken = new Set([...names.keys(), ...regions.flatMap(({ label }) => numbersOf(label))])
  let lowest = 1
  const nextFree = (): number => {
    while (taken.has(lowest)) lowest++
    taken.add(lowest)
    return lowest
  }
  const moved = new Map<string, number>()
  /** What category 0 became, and whether a document has named it. */
  let zero: { readonly label: number; readonly isNamed: boolean } | undefined

  const name = (label: number, text: string): number => {
    names.set(label, text)
    if (!labelOfName.has(text)) labelOfName.set(text, label)
    return label
  }
  const moveCategory = (id: number, text: string, why: string): number => {
    const key = `${id} ${text}`
    const known = moved.get(key)
    if (known !== undefined) return known
    const label = nextFree()
    moved.set(key, label)
    warnings.push({
      code: 'CATEGORY_RENUMBERED',
      message: `Category ${id} ("${text}") is label ${label}: ${why}.`,
    })
    return name(label, text)
  }
  /** Category 0 with and without a name is one category, as any other number is. */
  const moveZero = (given: string | undefined): number => {
    const text = given ?? classes?.get(0)
    if (zero && (text === undefined || !zero.isNamed)) {
      if (text !== undefined) {
        name(zero.label, text)
        zero = { label: zero.label, isNamed: true }
      }
      return zero.label
    }
    if (text !== undefined && names.get(0) === text) {
      names.delete(0)
      labelOfName.delete(text)
    }
    const label = moveCategory(0, text ?? '0', 'label 0 is what nobody painted')
    zero ??= { label, isNamed: text !== undefined }
    return label
  }
  const resolve = ({ label, pointer }: Pick<Region, 'label' | 'pointer'>): number => {
    if (label.kind === 'value') {
      if (label.name !== undefined && !names.has(label.value)) name(label.value, label.name)
      return label.value
    }
    const known = label.name === undefined ? undefined : labelOfName.get(label.name)
    if (label.kind === 'category' && label.id === 0 && !known) return moveZero(label.name)
    if (known === 0) warnUnpainted(label.name as string)
    if (known !== undefined) return known
    if (label.kind === 'name') {
      if (classes) throw outside(label.name, pointer)
      return name(nextFree(), label.name)
    }
    const { id } = label
    if (label.name === undefined || classes?.has(id)) return id
    if (names.has(id))
      return moveCategory(id, label.name, `the label ${id} already stands for "${names.get(id)}"`)
    return name(id, label.name)
  }

  const warnUnpainted = (text: string): void => {
    if (warnings.some(({ code }) => code === 'PAINTED_AS_BACKGROUND')) return
    const message = `\`classes\` makes "${text}" label 0, which is also what nobody painted: its regions cannot be told from the rest.`
    warnings.push({ code: 'PAINTED_AS_BACKGROUND', message })
  }

  const labels = new Map<RegionLabel, number>()
  for (const { declared = [], regions } of images) {
    // A list of labels says their order; with `classes` only what is shown needs a class.
    if (!classes) for (const label of declared) labels.set(label, resolve({ label, pointer: '' }))
    for (const region of regions) if (!labels.has(region.label)) labels.set(region.label, resolve(region))
  }
  if (!classes) warnings.push(...numbersMeetNames(regions, labels, names))
  const crowdLabel = images.some(leavesOutCrowds) ? nextFree() : undefined
  const classZero = classes?.has(0) ? zero?.label : undefined
  return { labelOf: (region) => labels.get(region.label) as number, names, classZero, crowdLabel, warnings }
}

/** True when the image has crowd regions whose pixels are to be left out. */
export function leavesOutCrowds({ crowd, regions }: AnnotatedImage): boolean {
  return crowd === 'ignore' && regions.some((region) => region.crowd)
}

function numbersOf(label: RegionLabel): readonly number[] {
  if (label.kind === 'category') return [label.id]
  return label.kind === 'value' && label !== anyObject ? [label.value] : []
}

function outside(name: string, pointer: string) {
  return refuseField(
    'INVALID_ANNOTATION',
    pointer,
    `The label "${name}" is not in \`classes\`: add it, or leave \`classes\` out.`,
  )
}
