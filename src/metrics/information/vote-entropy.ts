/** How many votes each label got, ascending. */
export function voteGroups(votes: readonly number[]): number[] {
  const groups = new Map<number, number>()
  for (const vote of votes) groups.set(vote, (groups.get(vote) ?? 0) + 1)
  return [...groups.values()].sort((a, b) => a - b)
}

/** The entropy of votes in bits: 0 where all agree, log2 n where all n differ. */
export function voteEntropy(groups: readonly number[]): number {
  const n = groups.reduce((sum, votes) => sum + votes, 0)
  return groups.reduce((sum, votes) => sum + (votes / n) * Math.log2(n / votes), 0)
}
