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
  const walk = (node: unknown, path: (string | number)[]): unknown => {
    if (node instanceof UndefinedScore) {
      reasons[toPointer(path)] = node.reason
      return null
    }
    if (typeof node === 'number' && !Number.isFinite(node))
      throw new Error(`the score at ${toPointer(path)} is ${node}`)
    if (Array.isArray(node)) return node.map((item, index) => walk(item, [...path, index]))
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item, [...path, key])]))
    return node
  }
  return { value: walk(value, []) as Settled<T>, reasons }
}
