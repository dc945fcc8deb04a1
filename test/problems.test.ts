import { describe, expect, it } from 'vitest'
import { problems } from '../src/problems/catalogue.ts'
import { Refusal } from '../src/problems/refusal.ts'

describe('the remedy of a refusal', () => {
  it('is the one of the catalogue', () => {
    expect(new Refusal('CORRUPT', 'Strip 1 is empty.').remedy).toBe(problems.CORRUPT.remedy)
  })

  it('may be one of its own, which stays when the refusal is placed in a request', () => {
    const refusal = new Refusal('CORRUPT', 'Strip 1 is empty.').advising('Write the strip.').under('/mask')
    expect(refusal).toMatchObject({
      code: 'CORRUPT',
      message: 'Strip 1 is empty.',
      remedy: 'Write the strip.',
      errors: [{ pointer: '/mask' }],
    })
  })
})
