import { expect, it } from 'vitest'
import { buildBombs } from './build-bombs.ts'
import { runBomb } from './run-bomb.ts'

const most = 64 * 2 ** 20

// Each has a process of its own, so they do not disturb each other.
it.concurrent.each(buildBombs())('$name: $outcome, without the memory it asks for', async (bomb) => {
  const { outcome, grownBytes } = await runBomb(bomb)
  expect(outcome).toBe(bomb.outcome)
  expect(grownBytes).toBeLessThan(most)
})
