import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { ClassMap } from '../../labels/class-map.ts'
import { erode } from '../../labels/erosion.ts'
import { boxOfRuns } from './box-of-runs.ts'

/**
 * The pixels of an object that `dilation` erosions by 3 × 3 take away; the outside of the image is background.
 * @param width of the image
 * Source: Cheng et al., "Boundary IoU: Improving object-centric image segmentation evaluation", CVPR 2021.
 */
export function boundaryBand(runs: PixelRuns, width: number, dilation: number): PixelRuns {
  const [left, top, columns, rows] = boxOfRuns(runs, width)
  const map = { width: columns + 2, height: rows + 2, depth: 1, count: 1 }
  const classes: ClassMap['classes'] = new Uint16Array(map.width * map.height)
  eachRow(runs, width, (y, start, end) => {
    const at = (y - top + 1) * map.width + 1 - left
    classes.fill(1, at + start, at + end)
  })
  const survivors = erode({ ...map, classes }, dilation)
  const band: number[] = []
  eachRow(runs, width, (y, start, end) => {
    const at = (y - top + 1) * map.width + 1 - left
    for (let x = start; x < end; x++) {
      if (survivors[at + x] !== 0) continue
      const begin = x
      while (x < end && survivors[at + x] === 0) x++
      band.push(y * width + begin, y * width + x)
    }
  })
  return Uint32Array.from(band)
}

/** Calls `row` with the columns of every run, cut at the ends of rows. */
function eachRow(runs: PixelRuns, width: number, row: (y: number, start: number, end: number) => void): void {
  for (let run = 0; run < runs.length; run += 2)
    for (let start = runs[run]; start < runs[run + 1]; ) {
      const y = Math.floor(start / width)
      const end = Math.min(runs[run + 1], (y + 1) * width)
      row(y, start - y * width, end - y * width)
      start = end
    }
}
