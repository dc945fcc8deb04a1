/** What the contract leaves open, step by step: undefined where there is nothing. */
export const inside = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (block, key) =>
      typeof block === 'object' && block !== null
        ? (block as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  )

export const listIn = (value: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const list = inside(value, ...keys)
  return Array.isArray(list) ? list : []
}
