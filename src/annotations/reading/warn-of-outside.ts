import type { JsonNode } from '../../json/json-node.ts'
import type { ImageSize } from '../image-size.ts'
import type { Ring } from '../painting/canvas.ts'
import type { ReadContext } from './read-context.ts'

/** Tools let outlines touch the border, and round it. */
const slack = 1

/**
 * Tells that a shape reaches over the image, for formats that do not say how large it is: the size of the options may
 * be wrong then.
 */
export function warnOfOutside(
  rings: readonly Ring[],
  { width, height }: ImageSize,
  { pointer }: JsonNode,
  { warn }: ReadContext,
): void {
  for (const ring of rings)
    for (let at = 0; at < ring.length; at += 2) {
      const [x, y] = [ring[at], ring[at + 1]]
      const isOutside = x < -slack || y < -slack || x > width + slack || y > height + slack
      if (!isOutside) continue
      const image = `${width} × ${height} pixels of the options`
      warn('OUTSIDE_IMAGE', `${pointer} reaches to (${x}, ${y}), outside of the ${image}.`)
      return
    }
}
