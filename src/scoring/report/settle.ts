import { toPointer } from '../../json/pointer.ts'
import { type Reason, UndefinedScore } from '../../metrics/numbers/undefined-score.ts'

/** `T` with every undefined score replaced by null. */
export type Settled<T> = T extends UndefinedScore
  ? null
  : T extends object
    ? { -readonly [Key in keyof T]: Settled<T[Key]> }
    : T

/**
 * Makes families of scores fit for JSON: undefined scores become null and their reasons are collected
 * under the JSON pointer of each.
 * @throws Error for a number that is not finite, which is a fault of ours
 */
export function settle<T>(value: T): { value: Settled<T>; reasons: Record<string, Reason> } {
  const reasons: Record<string, Reason> = {}
  // The path to the current item. All steps share it, because a report has thousands of numbers and few reasons.
  const path: (string | number)[] = []
  const settled = (key: string | number, item: unknown): unknown => {
    // Most items are finite numbers, which need no path.
    if (typeof item === 'number' ? Number.isFinite(item) : typeof item !== 'object' || item === null)
      return item
    path.push(key)
    const result = walk(item)
    path.pop()
    return result
  }
  // Only objects that hold an undefined score are copied.
  const walk = (node: unknown): unknown => {
    if (typeof node === 'number') throw new Error(`the score at ${toPointer(path)} is ${node}`)
    if (node instanceof UndefinedScore) {
      reasons[toPointer(path)] = node.reason
      return null
    }
    if (Array.isArray(node)) {
      let copy: unknown[] | undefined
      for (let i = 0; i < node.length; i++) {
        const item = settled(i, node[i])
        if (item !== node[i]) {
          copy ??= [...node]
          copy[i] = item
        }
      }
      return copy ?? node
    }
    const object = node as Record<string, unknown>
    let copy: Record<string, unknown> | undefined
    for (const key of Object.keys(object)) {
      const item = settled(key, object[key])
      if (item !== object[key]) {
        copy ??= { ...object }
        copy[key] = item
      }
    }
    return copy ?? object
  }
  return { value: walk(value) as Settled<T>, reasons }
}
