/** A score of both runs, item by item, or how many items lie in each cell. */
export type Scatter =
  | {
      readonly type: 'points'
      readonly points: readonly (readonly [index: number, a: number, b: number])[]
    }
  | {
      readonly type: 'bins'
      readonly low: number
      readonly high: number
      readonly size: number
      readonly cells: readonly (readonly [column: number, row: number, items: number])[]
    }

/** The range that both axes have in common; a single value stands in the range that most scores have. */
export function scatterRange(scatter: Scatter): readonly [low: number, high: number] {
  if (scatter.type === 'bins') return [scatter.low, scatter.high]
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [, a, b] of scatter.points) {
    low = Math.min(low, a, b)
    high = Math.max(high, a, b)
  }
  if (low > high) return [0, 1]
  return high > low ? [low, high] : [Math.min(0, low), Math.max(1, high)]
}

/** The place in the list of the point nearest to a place, in shares of the axes; undefined where none is near. */
export function nearestPoint(
  points: readonly (readonly [index: number, a: number, b: number])[],
  [low, high]: readonly [number, number],
  x: number,
  y: number,
): number | undefined {
  const share = (value: number) => (value - low) / (high - low)
  let [nearest, least] = [-1, 0.03 ** 2]
  for (const [place, [, a, b]] of points.entries()) {
    const away = (share(a) - x) ** 2 + (share(b) - y) ** 2
    if (away < least) [nearest, least] = [place, away]
  }
  return nearest < 0 ? undefined : nearest
}
