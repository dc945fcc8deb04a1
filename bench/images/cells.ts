import type { LabelArray } from '../../src/labels/label-map.ts'
import { type Displacement, rowSampler } from './displacement.ts'
import type { Random } from './random.ts'

/** One seed point and what its cell is painted with. */
export interface Site {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** The grid the sites are jittered on: at most a few in each square, so the nearest is looked for next door. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  readonly side: number
}

export function gridFor(width: number, height: number, cells: number): Grid {
  const columns = Math.max(1, Math.round(Math.sqrt((cells * width) / height)))
  return { columns, rows: Math.ceil(cells / columns), side: width / columns }
}

/** `cells` random points, one a square; `cells` may be a little less than the squares there are. */
export function jitteredPoints(grid: Grid, cells: number, random: Random): { x: number; y: number }[] {
  const points = Array.from({ length: grid.columns * grid.rows }, (_, k) => ({
    x: ((k % grid.columns) + random()) * grid.side,
    y: (Math.floor(k / grid.columns) + random()) * grid.side,
  }))
  while (points.length > cells) points.splice(Math.floor(random() * points.length), 1)
  return points
}

/**
 * Paints every pixel with the label of the site nearest to its displaced position: Voronoi cells with curved
 * borders. Sites are searched in the 3×3 squares around; what lies further is never nearer but in a rare gap.
 */
export function paintCells(
  labels: LabelArray,
  width: number,
  height: number,
  grid: Grid,
  sites: readonly Site[],
  displacementX: Displacement,
  displacementY: Displacement,
): void {
  const near = neighbourhoods(grid, sites)
  const sampleX = rowSampler(displacementX, width)
  const sampleY = rowSampler(displacementY, width)
  const shiftX = new Float64Array(width)
  const shiftY = new Float64Array(width)
  const { starts, xs, ys, values } = near
  const scale = 1 / grid.side
  const lastColumn = grid.columns - 1
  const lastRow = grid.rows - 1
  for (let y = 0; y < height; y++) {
    sampleX(y, shiftX)
    sampleY(y, shiftY)
    for (let x = 0; x < width; x++) {
      const px = x + shiftX[x]
      const py = y + shiftY[x]
      const column = Math.min(Math.max(Math.floor(px * scale), 0), lastColumn)
      const row = Math.min(Math.max(Math.floor(py * scale), 0), lastRow)
      const square = row * grid.columns + column
      let best = Infinity
      let label = 0
      for (let k = starts[square]; k < starts[square + 1]; k++) {
        const dx = px - xs[k]
        const dy = py - ys[k]
        const distance = dx * dx + dy * dy
        if (distance < best) {
          best = distance
          label = values[k]
        }
      }
      labels[y * width + x] = label
    }
  }
}

/** For each square the sites of its 3×3 squares, one after another. */
function neighbourhoods(grid: Grid, sites: readonly Site[]) {
  const squares: Site[][] = Array.from({ length: grid.columns * grid.rows }, () => [])
  for (const site of sites) {
    const column = Math.min(Math.floor(site.x / grid.side), grid.columns - 1)
    const row = Math.min(Math.floor(site.y / grid.side), grid.rows - 1)
    squares[row * grid.columns + column].push(site)
  }
  const starts = new Uint32Array(squares.length + 1)
  const near: Site[] = []
  for (let square = 0; square < squares.length; square++) {
    const column = square % grid.columns
    const row = Math.floor(square / grid.columns)
    for (let r = Math.max(0, row - 1); r <= Math.min(grid.rows - 1, row + 1); r++)
      for (let c = Math.max(0, column - 1); c <= Math.min(grid.columns - 1, column + 1); c++)
        for (const site of squares[r * grid.columns + c]) near.push(site)
    starts[square + 1] = near.length
  }
  return {
    starts,
    xs: Float64Array.from(near, (site) => site.x),
    ys: Float64Array.from(near, (site) => site.y),
    values: Float64Array.from(near, (site) => site.label),
  }
}
