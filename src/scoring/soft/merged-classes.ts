import type { ProbabilityMap } from '../../labels/probability-map.ts'

/**
 * A probability map with its classes under other names. Those that get one name become one class, whose probability is
 * the sum of theirs.
 */
export function mergedClasses(
  map: ProbabilityMap,
  countedAs: (label: number) => number,
): Pick<ProbabilityMap, 'labels' | 'read'> {
  const members = new Map<number, number[]>()
  map.labels.forEach((label, index) => {
    const name = countedAs(label)
    members.set(name, [...(members.get(name) ?? []), index])
  })
  const labels = [...members.keys()].sort((a, b) => a - b)
  const own = labels.map((label) => members.get(label) ?? [])
  let part = new Float64Array(0)
  return {
    labels,
    read(index, from, to, out, at) {
      const [first, ...others] = own[index]
      map.read(first, from, to, out, at)
      if (part.length < to - from) part = new Float64Array(to - from)
      for (const other of others) {
        map.read(other, from, to, part, 0)
        for (let k = 0; k < to - from; k++) out[at + k] = Math.min(1, out[at + k] + part[k])
      }
    },
  }
}
