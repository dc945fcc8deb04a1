/** JSON pointer (RFC 6901) of the place that a path of keys and positions leads to. */
export const toPointer = (path: readonly PropertyKey[]): string => path.map(pointerTo).join('')

/** One step of a pointer. */
export const pointerTo = (key: PropertyKey): string =>
  typeof key === 'number' ? `/${key}` : `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
