import { describe, expect, it } from 'vitest'
import { macroMean } from '../../src/hooks/cvat/macro-mean.ts'

const row = (mi_loss: number | null, mean_iou: number | null) => ({
  frame: 0,
  name: '',
  mi_loss,
  mean_iou,
  pixel_accuracy: null,
})

describe('the mean of the frames of a job', () => {
  it('loses no digit, whatever the number and order of the frames', () => {
    const losses = Array.from({ length: 1000 }, () => 0.1)
    expect(macroMean(losses.map((loss) => row(loss, 1))).mi_loss).toBe(0.1)
    const mixed = [1, 1e-17, -1, 1e-17]
    expect(macroMean(mixed.map((loss) => row(loss, 1))).mi_loss).toBe(5e-18)
  })

  it('leaves an undefined score out of its own mean alone', () => {
    expect(macroMean([row(0.5, null), row(null, 0.25), row(0.25, 0.75)])).toEqual({
      mi_loss: 0.375,
      mean_iou: 0.5,
      frames: 3,
    })
  })

  it('is undefined where no frame has the score', () => {
    expect(macroMean([row(null, null)])).toEqual({ mi_loss: null, mean_iou: null, frames: 1 })
  })
})
