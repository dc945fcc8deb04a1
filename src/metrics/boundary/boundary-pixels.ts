import type { ClassMap } from '../../labels/class-map.ts'
import { type Surface, SurfaceCollector } from './surface.ts'

/**
 * The surface of every class as pixels: those of the class with a neighbour outside of it, of 4 in an image and 6 in a
 * volume. This is the mask less its erosion by the cross; the outside of the image is background. All have kind 0.
 * Positions are on the class map's grid.
 */
export function boundaryPixels({ width, height, depth, classes, count }: ClassMap): Surface[] {
  const collector = new SurfaceCollector()
  const slice = width * height
  // An image is its own neighbour in depth.
  const [firstSlice, lastSlice, inDepth] = depth === 1 ? [0, 0, 0] : [1, depth - 2, slice]
  for (let z = firstSlice; z <= lastSlice; z++)
    for (let y = 1; y < height - 1; y++) {
      const row = z * slice + y * width
      for (let pixel = row + 1; pixel < row + width - 1; pixel++) {
        const ownClass = classes[pixel]
        if (ownClass === 0) continue
        if (
          classes[pixel - 1] !== ownClass ||
          classes[pixel + 1] !== ownClass ||
          classes[pixel - width] !== ownClass ||
          classes[pixel + width] !== ownClass ||
          classes[pixel - inDepth] !== ownClass ||
          classes[pixel + inDepth] !== ownClass
        )
          collector.add(ownClass, pixel, 0)
      }
    }
  return collector.surfaces(count)
}
