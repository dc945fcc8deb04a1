import fc from 'fast-check'
import type { LabelMap } from '../../src/labels/label-map.ts'

/** A label map from rows of digits: `mapOf('0011', '0221')` has two rows. */
export function mapOf(...rows: string[]): LabelMap {
  return volumeOf(rows)
}

/** A volume from slices of rows of digits. */
export function volumeOf(...slices: string[][]): LabelMap {
  const rows = slices.flat()
  const labels = Uint8Array.from(rows.join(''), Number)
  return { width: rows[0].length, height: slices[0].length, depth: slices.length, labels }
}

interface MapShape {
  readonly mostWidth?: number
  readonly mostHeight?: number
  readonly mostDepth?: number
  readonly mostLabels?: number
}

/** Small maps with few labels, so that regions touch, meet at corners, and sometimes fill the map. */
export function labelMaps(shape: MapShape = {}): fc.Arbitrary<LabelMap> {
  return mapsOfOneSize(1, shape).map(([map]) => map)
}

/** Two maps of one size. */
export function mapPairs(shape: MapShape = {}): fc.Arbitrary<readonly LabelMap[]> {
  return mapsOfOneSize(2, shape)
}

function mapsOfOneSize(
  count: number,
  { mostWidth = 9, mostHeight = 7, mostDepth = 1, mostLabels = 3 }: MapShape,
): fc.Arbitrary<readonly LabelMap[]> {
  const side = (most: number) => fc.integer({ min: 1, max: most })
  return fc
    .tuple(side(mostWidth), side(mostHeight), side(mostDepth), side(mostLabels))
    .chain(([width, height, depth, labels]) => {
      const pixels = width * height * depth
      const one = fc.uint8Array({ minLength: pixels, maxLength: pixels, max: labels - 1 })
      return fc
        .tuple(...Array.from({ length: count }, () => one))
        .map((maps) => maps.map((values) => ({ width, height, depth, labels: values })))
    })
}

/** Row, column and slice of a pixel. */
export function placeOf({ width, height }: LabelMap, pixel: number): { x: number; y: number; z: number } {
  return {
    x: pixel % width,
    y: Math.floor(pixel / width) % height,
    z: Math.floor(pixel / (width * height)),
  }
}
