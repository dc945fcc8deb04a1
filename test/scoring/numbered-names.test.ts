import { expect, it } from 'vitest'
import { numberedNames } from '../../src/scoring/request/numbered-names.ts'

it.each([
  [
    ['ann', 'bob'],
    ['ann', 'bob'],
  ],
  [
    ['ann', 'bob', 'ann'],
    ['ann (1)', 'bob', 'ann (2)'],
  ],
  [
    ['ann', 'ann (1)', 'ann'],
    ['ann (2)', 'ann (1)', 'ann (3)'],
  ],
  [
    ['ann', 'ann', 'ann (1)', 'ann (1)'],
    ['ann (2)', 'ann (3)', 'ann (1) (1)', 'ann (1) (2)'],
  ],
])('names of %j are %j', (names, numbered) => {
  expect(numberedNames(names)).toEqual(numbered)
})
