import { Refusal } from '../../problems/refusal.ts'
import type { StoredNumbers } from '../integral-labels.ts'
import type { Scaling } from './voxel-layout.ts'

/** How far from an integer a scaled value may be to be taken for it. */
const maxOff = 0.05
/** Different stored values that are remembered; a mask has few. */
const maxValues = 1_000_000

/**
 * Labels out of stored values that a file scales: slope · stored + intercept, in 64-bit floats. Exactly, every one must be an
 * integer; rounded, each becomes the nearest one, and no two stored values may become the same.
 */
export class LabelScale {
  readonly #scaling: Scaling
  readonly #rounds: boolean
  readonly #nameOf: (voxel: number) => string
  readonly #labels = new Map<number, number>()
  readonly #storedOf = new Map<number, number>()

  constructor(scaling: Scaling, rounds: boolean, nameOf: (voxel: number) => string) {
    this.#scaling = scaling
    this.#rounds = rounds
    this.#nameOf = nameOf
  }

  /**
   * @param first number of the first of the voxels
   * @throws Refusal NON_INTEGER_LABEL, TOO_MANY_LABELS
   */
  apply(values: StoredNumbers, first: number): Float64Array {
    const labels = new Float64Array(values.length)
    let stored = Number.NaN
    let label = 0
    for (let i = 0; i < labels.length; i++) {
      const value = Number(values[i])
      if (value !== stored) {
        label = this.#labels.get(value) ?? this.#add(value, values, first, i)
        stored = value
      }
      labels[i] = label
    }
    return labels
  }

  #add(stored: number, values: StoredNumbers, first: number, at: number): number {
    const { slope, intercept } = this.#scaling
    const value = slope * stored + intercept
    const label = this.#rounds ? Math.round(value) : value
    if (!Number.isInteger(value) && (!this.#rounds || !(Math.abs(label - value) <= maxOff)))
      throw this.#notInteger(stored, values, first, at)
    const other = this.#storedOf.get(label)
    if (other !== undefined && this.#rounds)
      throw new Refusal(
        'NON_INTEGER_LABEL',
        `Rounded, the stored values ${other} and ${stored} both become the label ${label}; the value of ${this.#nameOf(first + at)} is ${value}.`,
      ).advising('Save the labels as integers, without a scale.')
    if (this.#labels.size === maxValues)
      throw new Refusal('TOO_MANY_LABELS', `The file scales more than ${maxValues} different values.`)
    // -0 would be another key than 0.
    this.#labels.set(stored, label + 0)
    this.#storedOf.set(label + 0, stored)
    return label + 0
  }

  #notInteger(stored: number, values: StoredNumbers, first: number, at: number): Refusal {
    const { slope, intercept } = this.#scaling
    const scaled = (value: number) => slope * value + intercept
    const name = this.#nameOf(first + at)
    const limit = this.#rounds ? `further than ${maxOff} from an integer` : 'no integer'
    const detail =
      slope === 1 && intercept === 0
        ? `The value of ${name} is ${stored}, which is ${limit}.`
        : `The file multiplies its values by ${slope} and adds ${intercept}: the stored ${meanings(scaled, stored, otherValue(values, at, scaled))}. The value of ${name} is ${limit}.`
    const refusal = new Refusal('NON_INTEGER_LABEL', detail)
    const isRounded = Math.abs(scaled(stored) - Math.round(scaled(stored))) <= maxOff
    return refusal.advising(
      this.#rounds || !isRounded
        ? 'Save the labels as integers, without a scale; probabilities are no labels.'
        : 'Set `scaling` of this side to "round" for the nearest integers, or to "raw" for the stored values; or save the labels as integers, without a scale.',
    )
  }
}

/** A second value that is scaled to no integer, so that a refusal shows what is common to both. */
function otherValue(
  values: StoredNumbers,
  at: number,
  scaled: (value: number) => number,
): number | undefined {
  for (let i = at + 1; i < values.length; i++) {
    const value = Number(values[i])
    if (value !== Number(values[at]) && !Number.isInteger(scaled(value))) return value
  }
  return undefined
}

const meanings = (scaled: (value: number) => number, first: number, second: number | undefined): string =>
  [first, ...(second === undefined ? [] : [second])]
    .map((value) => `${value} means ${scaled(value)}`)
    .join(' and the stored ')
