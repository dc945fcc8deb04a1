import { Refusal } from '../../problems/refusal.ts'
import type { ProbabilityOptions } from './probability-options.ts'
import type { ArrayType } from './stored-array.ts'

/** A value that is no probability, or no logit. */
export function notProbability(
  value: number,
  where: string,
  activation: ProbabilityOptions['activation'],
): Refusal {
  if (!Number.isFinite(value) || activation !== 'none')
    return new Refusal('NOT_PROBABILITIES', `The value of ${where} is ${value}; it must be finite.`).advising(
      'Find out why the model answers such values; they are never scored as if they were 0.',
    )
  return new Refusal(
    'NOT_PROBABILITIES',
    `The value of ${where} is ${value}; probabilities go from 0 to 1.`,
  ).advising(
    'If these are logits, set `probabilities.activation` to "softmax" (one of several classes) or "sigmoid". If they are greys or percents, divide them.',
  )
}

interface Summed {
  readonly channels: number
  readonly normalize: boolean
  readonly type: ArrayType
  readonly highest: number
}

/** Probabilities of a pixel that do not belong together. */
export function wrongSum(
  sum: number,
  where: string,
  { channels, normalize, type, highest }: Summed,
): Refusal {
  const of = `The ${channels} probabilities of ${where} sum to ${Number(sum.toPrecision(6))}`
  if (normalize)
    return new Refusal('NOT_PROBABILITIES', `${of}, which nothing can be divided by.`).advising(
      'Give every pixel a class, or leave the pixels out with `ignore_labels`, and put a probability of 1 there.',
    )
  const isOneHot = (type === 'uint8' || type === 'uint16') && highest < 0.01
  return new Refusal('NOT_PROBABILITIES', `${of}, not to 1.`).advising(
    isOneHot
      ? `Values of ${type} are parts of its largest: save zeros and ones as bool or float32.`
      : 'Set `probabilities.independent` if each channel is a question of its own (sigmoid), or `probabilities.normalize` to divide each pixel by its sum.',
  )
}

/** Integers that are only 0 and 1: they are meant as such, but would be read as nearly 0. */
export const zeroAndOne = (type: ArrayType, divisor: number): Refusal =>
  new Refusal(
    'NOT_PROBABILITIES',
    `The largest value of the map is 1, which as ${type} stands for 1/${divisor}: nothing would be foreground.`,
  ).advising('Save zeros and ones as bool or float32, or as 0 and the largest value of the type.')
