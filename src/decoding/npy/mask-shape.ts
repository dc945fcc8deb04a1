/** Lengths of the axes of an array, outermost first. */
export type Shape = readonly number[]

/**
 * The axes that a mask has: those of an array without axes of length 1 that stand for a batch or a channel. An image
 * keeps two axes, a volume three; the first axis goes before the last, and axes between only where more than three are
 * left. What stays has the order of the file.
 */
export function maskShape(shape: Shape, volume: boolean): Shape {
  const axes = [...shape]
  const wanted = volume ? 3 : 2
  while (axes.length > wanted) {
    const single =
      axes[0] === 1 ? 0 : axes.at(-1) === 1 ? axes.length - 1 : axes.length > 3 ? axes.indexOf(1) : -1
    if (single < 0) break
    axes.splice(single, 1)
  }
  return axes
}

/** A shape as NumPy prints it. */
export const shapeText = (shape: Shape): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
