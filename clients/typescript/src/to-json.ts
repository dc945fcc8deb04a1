/**
 * `value` as JSON. Maps, sets and typed arrays, which JSON writes as nothing or as objects, are what they hold.
 *
 * @throws TypeError for numbers that JSON does not know (it would write `null`) and for bigints
 */
export const toJson = (value: unknown): string => JSON.stringify(value, plain)

function plain(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${key === '' ? 'It' : `\`${key}\``} is ${value}, which JSON does not know.`)
  if (value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Set) return [...value]
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>)
  return value
}
