import type { ClassMap } from '../../labels/class-map.ts'
import { type Surface, SurfaceCollector } from './surface.ts'

/**
 * Kinds of pieces of a surface by their triangles, whose edges lie between the middles of the cube's edges: eighths of a face
 * across the diagonal of the cube, across the diagonals of the three faces (depth and row, depth and column, row and column),
 * and parallel to the three faces (across depth, rows, columns).
 */
const kinds: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0],
  [1, 0, 0, 0, 0, 0, 0],
  [0, 4, 0, 0, 0, 0, 0],
  [0, 0, 4, 0, 0, 0, 0],
  [2, 0, 0, 0, 0, 0, 0],
  [3, 0, 0, 0, 4, 0, 0],
  [0, 0, 0, 0, 8, 0, 0],
  [0, 0, 0, 4, 0, 0, 0],
  [3, 0, 0, 0, 0, 4, 0],
  [3, 0, 0, 0, 0, 0, 4],
  [3, 0, 0, 0, 0, 0, 0],
  [6, 0, 0, 0, 0, 0, 0],
  [1, 0, 0, 4, 0, 0, 0],
  [1, 0, 4, 0, 0, 0, 0],
  [4, 0, 2, 2, 0, 0, 0],
  [1, 4, 0, 0, 0, 0, 0],
  [4, 2, 0, 2, 0, 0, 0],
  [4, 0, 0, 0, 4, 0, 0],
  [0, 0, 0, 0, 0, 8, 0],
  [4, 2, 2, 0, 0, 0, 0],
  [4, 0, 0, 0, 0, 4, 0],
  [0, 8, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 8],
  [4, 0, 0, 0, 0, 0, 4],
  [0, 0, 8, 0, 0, 0, 0],
  [0, 0, 0, 8, 0, 0, 0],
  [4, 0, 0, 0, 0, 0, 0],
]

const codes =
  'abbcbdefbedfcffgbheiejklemnopqrf' +
  'behienmoekjlprqfciisptuiputivppc' +
  'beephjmqeknrilofdjntjwxjnxyntjnd' +
  'ekmumxzmkAxkukmefloiqjmhrknepeeb'
const letters = 'abcdefghijklmnopqrstuvwxyzA'

/** The kind of each way in which the first 128 ways of the cube's eight corners may be in or out; the others mirror them. */
const kindOfCode = [...codes].map((letter) => letters.indexOf(letter))

/** What each of the corners adds to the code, in the order of slices, rows and columns. */
const bits = [128, 64, 32, 16, 8, 4, 2, 1]

/**
 * The surface of every class of a volume as surfels: pieces of its surface, one for each cube of eight voxel centres that
 * holds voxels of the class and others. A surfel's position is the middle of the cube, its kind the course of the surface, and
 * its weight the area of that. The outside of the volume is background. Positions are on the class map's grid, half a voxel
 * off on all axes. The triangles are those of a marching-cubes table, not one that is the same in all directions.
 * Source: the neighbour codes and normals of Nikolov et al., "Clinically applicable segmentation of head and neck anatomy for
 * radiotherapy", J. Med. Internet Res. 23 (2021), in google-deepmind/surface-distance, lookup_tables.py.
 */
export function volumeSurfels({ width, height, depth, classes, count }: ClassMap): Surface[] {
  const collector = new SurfaceCollector()
  const slice = width * height
  const corners = [0, 1, width, width + 1, slice, slice + 1, slice + width, slice + width + 1]
  const cube = new Uint16Array(corners.length)
  for (let z = 0; z + 1 < depth; z++)
    for (let y = 0; y + 1 < height; y++) {
      const row = z * slice + y * width
      for (let position = row; position + 1 < row + width; position++) {
        const first = classes[position]
        let isMixed = false
        for (let k = 0; k < corners.length; k++) {
          cube[k] = classes[position + corners[k]]
          if (cube[k] !== first) isMixed = true
        }
        if (!isMixed) continue
        for (let k = 0; k < cube.length; k++) {
          const ownClass = cube[k]
          if (ownClass !== 0 && cube.indexOf(ownClass) === k)
            collector.add(ownClass, position, kindIn(cube, ownClass))
        }
      }
    }
  return collector.surfaces(count)
}

function kindIn(cube: Uint16Array, ownClass: number): number {
  let code = 0
  for (let k = 0; k < cube.length; k++) if (cube[k] === ownClass) code |= bits[k]
  return kindOfCode[code < 128 ? code : 255 - code]
}

/** Area of the surface by kind, in the squared unit of the spacing `[depth, row, column]`. */
export function surfelAreas([depth, row, column]: readonly [number, number, number]): readonly number[] {
  const [across, along, aside] = [row * column, depth * column, depth * row]
  const areas = [
    Math.hypot(across, along, aside),
    Math.hypot(across, along),
    Math.hypot(across, aside),
    Math.hypot(along, aside),
    across,
    along,
    aside,
  ]
  return kinds.map((kind) => kind.reduce((sum, eighths, k) => sum + (eighths * areas[k]) / 8, 0))
}
