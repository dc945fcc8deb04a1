import type { Choices } from './choices.ts'

/** The counts of a table call in one of its four forms, sometimes wrong ones. */
export function randomTable({ chance, pick, below }: Choices): Record<string, unknown> {
  const [height, width] = [1 + below(5), 1 + below(5)]
  const most = pick([1, 3, 1000, 2 ** 40])
  const counts = Array.from({ length: height }, () =>
    Array.from({ length: width }, () => (chance(0.3) ? 0 : below(most + 1))),
  )
  if (chance(0.05)) counts[0].push(1)
  if (chance(0.05)) counts[0][0] = pick([-1, 0.5, 2 ** 53])
  const triples = counts.flatMap((row, i) => row.map((count, j) => [i * 85, j * 85, count]))
  const total = counts.flat().reduce((sum, count) => sum + count, 0) || 1
  const share = (count: number) => count / total
  return pick([
    { counts },
    { counts },
    { triples },
    { triples: chance(0.2) ? [...triples, ...triples] : triples },
    { probabilities: counts.map((row) => row.map(share)) },
    { probability_triples: triples.map(([i, j, count]) => [i, j, share(count)]) },
    chance(0.2) ? { counts, triples } : { counts },
  ])
}
