import { Refusal } from '../problems/refusal.ts'
import type { StoredNumbers } from './integral-labels.ts'

/** A refusal must not cost more than an answer: larger arrays are not looked into. */
export const maxItems = 4_000_000
/** How far from 1 probabilities may sum, which half floats round. */
const tolerance = 0.01

/** How the planes of an array lie: one behind the other, or the items of one pixel beside each other. */
export interface Planes {
  readonly planes: number
  readonly axis: 'first' | 'last'
}

/**
 * Whether an array looks like one plane per class: of the items of every pixel one is 1 (or 255) and the others are 0,
 * or they are probabilities that sum to 1. As a volume such an array would be scored without a word, and wrongly.
 */
export function areClassPlanes(items: StoredNumbers, { planes, axis }: Planes): boolean {
  if (planes < 2 || items.length > maxItems) return false
  const pixels = items.length / planes
  const [pixelStep, planeStep] = axis === 'first' ? [1, pixels] : [planes, 1]
  const inFloats =
    items instanceof Float16Array || items instanceof Float32Array || items instanceof Float64Array
  let on = 1
  for (let i = 0; i < pixels; i++) {
    let sum = 0
    let max = 0
    for (let k = 0, at = i * pixelStep; k < planes; k++, at += planeStep) {
      const item = Number(items[at])
      if (item < 0) return false
      if (item > max) max = item
      sum += item
    }
    if (i === 0 && sum === 255) on = 255
    if (inFloats ? !(Math.abs(sum - on) <= tolerance * on) : sum !== on || max !== on) return false
  }
  return true
}

/**
 * @param what the planes are part of, as the start of a sentence
 * @param array the array whose axis is meant, in NumPy
 */
export function classPlanesRefusal(what: string, { planes, axis }: Planes, array = 'arr'): Refusal {
  const argmax = `${array}.argmax(${axis === 'first' ? 0 : -1})`
  return new Refusal(
    'MULTI_PAGE',
    `${what} looks like one plane per class: the values of every pixel sum to 1 over ${planes} planes. As probabilities it is read with \`probabilities\`: {} in the options of this side; as a mask, save the index of the largest, \`${argmax}\`.`,
  ).advising(
    `Set \`probabilities\` to {} in the options of this side, or save one label a pixel: the index of its largest class, in NumPy \`${argmax}\`.`,
  )
}
