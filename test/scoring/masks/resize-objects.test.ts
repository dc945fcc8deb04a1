import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelMap } from '../../../src/labels/label-map.ts'
import { resizeNearest } from '../../../src/labels/resize-nearest.ts'
import type { Objects } from '../../../src/scoring/masks/annotated-objects.ts'
import { resizeObjects } from '../../../src/scoring/masks/resize-objects.ts'

/** Runs of the pixels that are not 0, in reading order. */
function runsOf({ labels }: LabelMap): number[] {
  const runs: number[] = []
  labels.forEach((label, pixel) => {
    if (label === 0) return
    if (runs.at(-1) === pixel) runs[runs.length - 1] = pixel + 1
    else runs.push(pixel, pixel + 1)
  })
  return runs
}

const objectsOf = (...masks: readonly LabelMap[]): Objects => ({
  list: masks.map((mask) => ({ category: 1, isCrowd: false, runs: Uint32Array.from(runsOf(mask)) })),
  crowd: 'object',
  unlabelled: 'background',
  size: { width: masks[0].width, height: masks[0].height },
  shown: () => masks[0],
  without: () => ({ map: masks[0], format: '', encoding: '', warnings: [], ignored: [], paintsOver: false }),
})

const side = fc.integer({ min: 1, max: 9 })

describe('objects of a resized mask', () => {
  it('have the pixels that their masks have when they are resized as images', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.infiniteStream(fc.nat(3)), (width, height, to, tall, draws) => {
        const mask = (): LabelMap => ({
          width,
          height,
          depth: 1,
          labels: Uint8Array.from(draws.take(width * height), (n) => Math.min(n, 1)),
        })
        const masks = [mask(), mask()]
        const { list, shown } = resizeObjects(objectsOf(...masks), to, tall)
        const images = masks.map((image) => resizeNearest(image, to, tall))
        expect(list.map(({ runs }) => [...runs])).toEqual(images.map(runsOf))
        expect(shown()).toEqual(images[0])
      }),
    )
  })

  it('join around the end of a row, and vanish where no pixel shows them', () => {
    const mask: LabelMap = { width: 2, height: 2, depth: 1, labels: Uint8Array.of(0, 1, 1, 0) }
    const [twice] = resizeObjects(objectsOf(mask), 4, 2).list
    expect([...twice.runs]).toEqual([2, 6])
    const speck: LabelMap = { width: 3, height: 1, depth: 1, labels: Uint8Array.of(1, 0, 0) }
    const [gone] = resizeObjects(objectsOf(speck), 1, 1).list
    expect([...gone.runs]).toEqual([])
  })
})
