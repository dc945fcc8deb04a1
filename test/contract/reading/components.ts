import { type Mask, neighboursOf } from './mask.ts'

/** The number of the connected component of every pixel, from 1 in the order of their first pixels. */
export function componentsOf(mask: Mask, connectivity: number): number[] {
  const component = mask.labels.map(() => 0)
  let count = 0
  mask.labels.forEach((label, first) => {
    if (component[first] !== 0) return
    count++
    component[first] = count
    const reached = [first]
    for (const pixel of reached)
      for (const next of neighboursOf(mask, pixel, connectivity)) {
        if (next === undefined || component[next] !== 0 || mask.labels[next] !== label) continue
        component[next] = count
        reached.push(next)
      }
  })
  return component
}
