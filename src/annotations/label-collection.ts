import type { ImageRegions, RegionLabel } from './annotated-image.ts'
import { LabelNumbers } from './label-numbers.ts'

/** What pixels without a region are called, unless a class has that name. */
const unpainted = 'unlabelled'

/** The labels of many annotations, so that all of them number their names alike. */
export class LabelCollection {
  readonly #labels = new Map<string, RegionLabel>()

  add({ declared = [], regions }: Pick<ImageRegions, 'declared' | 'regions'>): void {
    for (const label of declared) this.#add(label)
    for (const { label } of regions) this.#add(label)
  }

  /**
   * Every label with its name, as `classes` of the options; names are numbered in the order in which they came. Pixels
   * without a region are a class, as they are in a pair that is scored alone.
   * @return undefined where no annotation names a label: numbers need no list
   */
  classes(): Record<string, string> | undefined {
    const labels = [...this.#labels.values()]
    const numbers = new LabelNumbers(labels, undefined)
    const used = labels.map((label) => numbers.numberOf(label, ''))
    if (numbers.names.size === 0) return undefined
    const names = new Map(used.map((label) => [label, numbers.names.get(label) ?? String(label)]))
    if (!names.has(0)) names.set(0, [...names.values()].includes(unpainted) ? '0' : unpainted)
    return Object.fromEntries([...names].sort(([a], [b]) => a - b))
  }

  #add(label: RegionLabel): void {
    const key = JSON.stringify(label)
    if (!this.#labels.has(key)) this.#labels.set(key, label)
  }
}
