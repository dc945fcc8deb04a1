/** A figure that is meant to be at least the goal; without a goal the figure alone. */
export function atLeast(value: number, goal: number | undefined, unit = '×'): string {
  return judged(value, goal, unit, goal === undefined || value >= goal, 'goal')
}

/** A figure that is meant to be at most the goal; without a goal the figure alone. */
export function atMost(value: number, goal: number | undefined, unit = ''): string {
  return judged(value, goal, unit, goal === undefined || value <= goal, 'goal ≤')
}

function judged(
  value: number,
  goal: number | undefined,
  unit: string,
  reached: boolean,
  word: string,
): string {
  const figure = `${shown(value)}${unit}`
  return goal === undefined ? figure : `${figure} (${reached ? word : `MISSES ${word}`} ${goal}${unit})`
}

const shown = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
