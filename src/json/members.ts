/** What the members of all objects in a JSON value are like. */
interface Members {
  readonly count: number
  /** True when a number among them is beyond ±(2^53 − 1), where not every integer has a double of its own. */
  readonly hasHugeNumber: boolean
}

/**
 * Looks at the members of all objects in a parsed JSON value. Arrays wait until the objects beside them are done, so
 * the long lists of numbers in a document are hardly ever walked: all members have been found by then.
 * `keys` is how many keys the text has; fewer members mean that some of them were repeated.
 */
export function membersOf(value: unknown, keys: number): Members {
  const arrays: (readonly unknown[])[] = [[value]]
  let count = 0
  let hasHugeNumber = false
  const visit = (owner: object): void => {
    if (Array.isArray(owner)) {
      arrays.push(owner)
      return
    }
    // Faster than Object.values, which would build an array for every object.
    for (const key in owner) {
      count++
      const member = (owner as Record<string, unknown>)[key]
      if (typeof member === 'object' && member !== null) visit(member)
      else if (typeof member === 'number' && Math.abs(member) > Number.MAX_SAFE_INTEGER) hasHugeNumber = true
    }
  }
  for (let next = 0; next < arrays.length && count < keys; next++)
    for (const item of arrays[next]) if (typeof item === 'object' && item !== null) visit(item)
  return { count, hasHugeNumber }
}
