import { beforeAll, expect, it } from 'vitest'
import { buildBombs } from './build-bombs.ts'
import { type Blast, runBombs } from './run-bombs.ts'

const most = 64 * 2 ** 20
const bombs = buildBombs()
let blasts: readonly Blast[]
beforeAll(async () => {
  blasts = await runBombs(bombs)
})

it.each(bombs.map((bomb, i) => [bomb.name, bomb.outcome, i] as const))(
  '%s: %s, without the memory it asks for',
  (_, outcome, i) => {
    expect(blasts[i].outcome).toBe(outcome)
    expect(blasts[i].grownBytes).toBeLessThan(most)
  },
)
