import type { Ranks } from '../../evaluations/comparison/ranks.ts'

/** Ranks of several runs as a person reads them in a terminal: a block for each score, the best run first. */
export function ranksTable({ scores }: Ranks): string[] {
  const width = Math.max(0, ...scores.flatMap(({ runs }) => runs.map(({ name }) => name.length)))
  return scores.flatMap(({ pointer, runs }) => [
    pointer,
    ...runs
      .toSorted((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY))
      .map(({ name, value, rank, rank_interval }) => {
        const ranks = rank_interval ? ` [${rank_interval.join(', ')}]` : ''
        const place = rank === null ? '-' : `${rank}${ranks}`
        return `  ${name.padEnd(width)} ${(value?.toFixed(4) ?? '-').padStart(8)}   rank ${place}`
      }),
  ])
}
