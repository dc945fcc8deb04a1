import { type Reason, UndefinedScore } from '../metrics/undefined-score.ts'
import { toPointer } from './parse-with.ts'

/** `T` with every undefined score replaced by null. */
export type Settled<T> = T extends UndefinedScore
  ? null
  : T extends object
    ? { -readonly [Key in keyof T]: Settled<T[Key]> }
    : T

/**
 * Makes families of scores fit for JSON: undefined scores become null and their reasons are collected
 * under the JSON pointer of each. A number that is not finite is a fault of ours and throws.
 */
export function settle<T>(value: T): { value: Settled<T>; reasons: Record<string, Reason> } {
  const reasons: Record<string, Reason> = {}
  // Where the walk is; one for all steps, because a report has thousands of numbers and few reasons.
  const path: (string | number)[] = []
  const step = (key: string | number, item: unknown): unknown => {
    path.push(key)
    const settled = walk(item)
    path.pop()
    return settled
  }
  const walk = (node: unknown): unknown => {
    if (typeof node === 'number') {
      if (Number.isFinite(node)) return node
      throw new Error(`the score at ${toPointer(path)} is ${node}`)
    }
    if (typeof node !== 'object' || node === null) return node
    if (node instanceof UndefinedScore) {
      reasons[toPointer(path)] = node.reason
      return null
    }
    if (Array.isArray(node)) return node.map((item, index) => step(index, item))
    const settled: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(node)) settled[key] = step(key, item)
    return settled
  }
  return { value: walk(value) as Settled<T>, reasons }
}
