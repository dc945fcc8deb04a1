/** Values of a grid on another one: each pixel takes what lies under its centre, slice by slice. */
export function resized<T>(
  values: readonly T[],
  from: { width: number; height: number; depth: number },
  to: { width: number; height: number },
): T[] {
  const result: T[] = []
  for (let z = 0; z < from.depth; z++)
    for (let y = 0; y < to.height; y++)
      for (let x = 0; x < to.width; x++) {
        const row = Math.floor(((y + 0.5) * from.height) / to.height)
        const column = Math.floor(((x + 0.5) * from.width) / to.width)
        result.push(values[(z * from.height + row) * from.width + column])
      }
  return result
}
