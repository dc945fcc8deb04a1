import { describe, expect, it } from 'vitest'
import { countMaps } from '../../src/counting/count-maps.ts'
import { countMapsPlainly } from '../../src/counting/count-maps-plainly.ts'
import { randomPair } from './random-maps.ts'

const outcome = (count: typeof countMaps, seed: number, maxPairs: number) => {
  const { groundTruth, prediction, about, ...choice } = randomPair(seed)
  try {
    return { about, table: count(groundTruth, prediction, { ...choice, maxPairs }) }
  } catch (error) {
    return { about, error }
  }
}

describe('the kernels and their plain twin', () => {
  it('give the same table of 3,000 random pairs of maps', () => {
    for (let seed = 0; seed < 3000; seed++)
      expect(outcome(countMaps, seed, 1e6)).toStrictEqual(outcome(countMapsPlainly, seed, 1e6))
  })

  it('refuse the same pairs when there may be few label pairs', () => {
    let refused = 0
    for (let seed = 0; seed < 300; seed++) {
      const [kernels, plain] = [countMaps, countMapsPlainly].map((count) => outcome(count, seed, 70))
      expect(kernels).toStrictEqual(plain)
      refused += 'error' in kernels ? 1 : 0
    }
    expect(refused).toBeGreaterThan(30)
  })
})
