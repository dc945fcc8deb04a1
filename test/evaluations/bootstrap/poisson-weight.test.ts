import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GroupStream, groupStream, numberAt } from '../../../src/evaluations/bootstrap/group-stream.ts'
import { withReplicateKernels } from '../../../src/evaluations/bootstrap/kernels/replicate-kernels.ts'
import { poissonWeight, poissonWeights } from '../../../src/evaluations/bootstrap/poisson-weight.ts'

const weightsOf = (key: string, seed: number, size: number) => {
  const stream = groupStream('bootstrap', seed, key)
  return Array.from({ length: size }, (_, r) => poissonWeight(stream, r))
}

/** The weights of a stream as the kernels compute them. */
const kernelWeights = ({ a, b }: GroupStream, first: number, count: number): Float64Array =>
  withReplicateKernels((kernels) => {
    const address = kernels.base()
    kernels.reserve(address + 8 * (count + 3))
    const weights = new Float64Array(kernels.memory.buffer, address, count)
    poissonWeights(Uint32Array.of(0, 0, a, b))(1, first, { kernels, address, weights })
    return weights.slice()
  })

describe('bootstrap weights', () => {
  it('are those of the definition for key a and seed 0', () => {
    expect(weightsOf('a', 0, 12)).toEqual([0, 3, 3, 0, 0, 0, 0, 2, 0, 1, 1, 0])
  })

  it('are pure functions of salt, seed, key and replicate', () => {
    expect([...kernelWeights(groupStream('bootstrap', 0, 'a'), 3, 5)]).toEqual([0, 0, 0, 0, 2])
    expect(weightsOf('a', 1, 12)).not.toEqual(weightsOf('a', 0, 12))
    expect(weightsOf('b', 0, 12)).not.toEqual(weightsOf('a', 0, 12))
    const other = groupStream('exchange', 0, 'a')
    expect(numberAt(other, 0)).not.toBe(numberAt(groupStream('bootstrap', 0, 'a'), 0))
  })

  it('are those of the definition in the kernels too, of any stream, from any replicate on', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(word, word, fc.nat(20_000), fc.integer({ min: 1, max: 70 }), (a, b, first, count) => {
        const expected = Array.from({ length: count }, (_, r) => poissonWeight({ a, b }, first + r))
        expect([...kernelWeights({ a, b }, first, count)]).toEqual(expected)
      }),
    )
    // Weights of 6 and more, which 1 number of 1,700 has.
    const stream = groupStream('bootstrap', 0, 'rare')
    const many = kernelWeights(stream, 0, 50_000)
    expect(many.every((weight, r) => weight === poissonWeight(stream, r))).toBe(true)
    expect(Math.max(...many)).toBeGreaterThanOrEqual(7)
  })

  it('are the same for a key in NFC and in NFD', () => {
    expect(weightsOf('u\u0308ber', 0, 20)).toEqual(weightsOf('\u00fcber', 0, 20))
  })

  it('are Poisson of mean 1, and independent between keys and between replicates', () => {
    const [keys, replicates] = [20_000, 1000]
    const counts = new Float64Array(9)
    const ofReplicate = new Float64Array(replicates)
    const ofNeighbours = { keys: new Float64Array(keys), replicates: new Float64Array(replicates) }
    let previous: Float64Array = new Float64Array(replicates)
    for (let key = 0; key < keys; key++) {
      const weights = kernelWeights(groupStream('bootstrap', 0, `case-${key}`), 0, replicates)
      for (let r = 0; r < replicates; r++) {
        counts[Math.min(8, weights[r])]++
        ofReplicate[r] += weights[r]
        ofNeighbours.keys[key] += (weights[r] - 1) * (previous[r] - 1)
        if (r > 0) ofNeighbours.replicates[r] += (weights[r] - 1) * (weights[r - 1] - 1)
      }
      previous = weights
    }
    // Σ over k of (observed − expected)² / expected, with 8 degrees of freedom: 26.1 at 0.001.
    let [probability, rest, chi2] = [Math.exp(-1), 1, 0]
    for (let k = 0; k < 9; k++) {
      const expected = keys * replicates * (k < 8 ? probability : rest)
      chi2 += (counts[k] - expected) ** 2 / expected
      rest -= probability
      probability /= k + 1
    }
    expect(chi2).toBeLessThan(26)
    const largest = (sums: Float64Array, size: number) =>
      sums.reduce((most, sum) => Math.max(most, Math.abs(sum) / Math.sqrt(size)), 0)
    expect(largest(ofNeighbours.keys.subarray(1), replicates)).toBeLessThan(5.5)
    expect(largest(ofNeighbours.replicates.subarray(1), keys)).toBeLessThan(4.5)
    expect(
      largest(
        ofReplicate.map((sum) => sum - keys),
        keys,
      ),
    ).toBeLessThan(4.5)
  })
})
