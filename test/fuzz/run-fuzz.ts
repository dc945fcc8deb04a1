import { seededRandom } from '../../bench/images/random.ts'
import { decodeLabelPng } from '../../src/counting/decode-label-png.ts'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { buildCorpus } from './corpus.ts'
import { type Judgement, judge } from './judge.ts'
import { type Mutant, mutate } from './mutate.ts'

export interface Case extends Judgement {
  readonly index: number
  readonly file: string
  readonly format: string
  readonly mutant: Mutant
  readonly ms: number
}

/**
 * Decodes mutants number `from` up to `to` of a seed, one after another. A mutant depends on the seed and its number
 * alone, so any of them can be run again by itself.
 */
export async function* runFuzz(seed: number, from: number, to: number): AsyncGenerator<Case> {
  const corpus = await buildCorpus()
  const sound = await Promise.all(
    corpus.map(({ bytes, options }) => decodeMask(bytes, options, defaultLimits)),
  )
  for (let index = from; index < to; index++) {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
    const chosen = Math.floor(random() * corpus.length)
    const original = corpus[chosen]
    const mutant = mutate(original, random)
    const start = performance.now()
    // Both decoders of PNG have their turn.
    const sampler = index % 2 === 0 ? decodeLabelPng : undefined
    const judgement = await judge(original, sound[chosen], mutant, sampler)
    const ms = performance.now() - start
    yield { ...judgement, index, file: original.name, format: original.format, mutant, ms }
  }
}

/** Whether the outcome is one that must never be. */
export function isFailure({ verdict }: Judgement): boolean {
  return verdict !== 'original' && verdict !== 'refused' && verdict !== 'sound'
}
