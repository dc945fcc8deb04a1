import type { Warning } from '../labels/decoded-mask.ts'
import { refuseField } from '../problems/refusal.ts'
import { anyObject, type RegionLabel } from './annotated-image.ts'

/** What category 0 became, and whether a document has named it. */
interface MovedZero {
  readonly label: number
  readonly isNamed: boolean
}

/**
 * Gives names and categories their labels, one after the other.
 * A name that `classes` or a category has is that label; any other name takes the next free number from 1 on. Where two
 * documents number one name differently, the first number counts: names match, numbers are only how a document
 * writes them. Category 0 is always another label, as unpainted pixels have label 0.
 */
export class LabelNumbers {
  readonly names: Map<number, string>
  readonly warnings: Warning[] = []
  readonly #classes: ReadonlyMap<number, string> | undefined
  readonly #labelOfName = new Map<string, number>()
  readonly #taken: Set<number>
  readonly #moved = new Map<string, number>()
  #lowestFree = 1
  #zero: MovedZero | undefined

  /** `labels` are all that will be numbered: numbers that one of them has are given to no other. */
  constructor(labels: readonly RegionLabel[], classes: ReadonlyMap<number, string> | undefined) {
    this.#classes = classes
    this.names = new Map(classes)
    for (const [label, name] of this.names)
      if (!this.#labelOfName.has(name)) this.#labelOfName.set(name, label)
    this.#taken = new Set([...this.names.keys(), ...labels.flatMap(numberOf)])
  }

  /** The label that `classes` calls 0, where a document has a category 0. */
  get classZero(): number | undefined {
    return this.#classes?.has(0) ? this.#zero?.label : undefined
  }

  /** A number that no label has; it is taken from now on. */
  nextFree(): number {
    while (this.#taken.has(this.#lowestFree)) this.#lowestFree++
    this.#taken.add(this.#lowestFree)
    return this.#lowestFree
  }

  /** @throws Refusal INVALID_ANNOTATION with `pointer` for a bare name that `classes` does not have. */
  numberOf(label: RegionLabel, pointer: string): number {
    if (label.kind === 'value') {
      if (label.name !== undefined && !this.names.has(label.value)) this.#name(label.value, label.name)
      return label.value
    }
    const known = label.name === undefined ? undefined : this.#labelOfName.get(label.name)
    if (label.kind === 'category' && label.id === 0 && !known) return this.#moveZero(label.name)
    if (known === 0) this.#warnOfBackground(label.name as string)
    if (known !== undefined) return known
    if (label.kind === 'name') {
      if (this.#classes) throw notInClasses(label.name, pointer)
      return this.#name(this.nextFree(), label.name)
    }
    const { id } = label
    if (label.name === undefined || this.#classes?.has(id)) return id
    if (this.names.has(id))
      return this.#moveCategory(id, label.name, `the label ${id} already means "${this.names.get(id)}"`)
    return this.#name(id, label.name)
  }

  #name(label: number, text: string): number {
    this.names.set(label, text)
    if (!this.#labelOfName.has(text)) this.#labelOfName.set(text, label)
    return label
  }

  #moveCategory(id: number, text: string, reason: string): number {
    const key = `${id} ${text}`
    const known = this.#moved.get(key)
    if (known !== undefined) return known
    const label = this.nextFree()
    this.#moved.set(key, label)
    const message = `Category ${id} ("${text}") is label ${label}: ${reason}.`
    this.warnings.push({ code: 'CATEGORY_RENUMBERED', message })
    return this.#name(label, text)
  }

  /** Category 0 with and without a name is one category, as any other number is. */
  #moveZero(nameInDocument: string | undefined): number {
    const name = nameInDocument ?? this.#classes?.get(0)
    if (this.#zero && (name === undefined || !this.#zero.isNamed)) {
      const { label } = this.#zero
      if (name !== undefined) {
        this.#name(label, name)
        this.#zero = { label, isNamed: true }
      }
      return label
    }
    if (name !== undefined && this.names.get(0) === name) {
      this.names.delete(0)
      this.#labelOfName.delete(name)
    }
    const label = this.#moveCategory(0, name ?? '0', 'unpainted pixels have label 0')
    this.#zero ??= { label, isNamed: name !== undefined }
    return label
  }

  #warnOfBackground(name: string): void {
    if (this.warnings.some(({ code }) => code === 'PAINTED_AS_BACKGROUND')) return
    const message = `\`classes\` makes "${name}" label 0, which unpainted pixels have too: its regions cannot be told from them.`
    this.warnings.push({ code: 'PAINTED_AS_BACKGROUND', message })
  }
}

function numberOf(label: RegionLabel): readonly number[] {
  if (label.kind === 'category') return [label.id]
  return label.kind === 'value' && label !== anyObject ? [label.value] : []
}

function notInClasses(name: string, pointer: string) {
  return refuseField(
    'INVALID_ANNOTATION',
    pointer,
    `The label "${name}" is not in \`classes\`: add it, or leave \`classes\` out.`,
  )
}
