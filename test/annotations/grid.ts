import { expect } from 'vitest'
import { Budget } from '../../src/annotations/budget.ts'
import { Canvas } from '../../src/annotations/painting/canvas.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { defaultLimits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'

export const freshBudget = () => new Budget(defaultLimits)

/** An empty canvas that paints with label 1. */
export function blankCanvas(width: number, height: number): Canvas {
  const canvas = new Canvas({ width, height }, new Uint8Array(width * height), freshBudget())
  canvas.label = 1
  return canvas
}

/** A label map from rows of digits; '.' is 0. */
export function grid(...rows: string[]): LabelMap {
  const labels = Uint8Array.from(rows.join('').replaceAll('.', '0'), Number)
  return { width: rows[0].length, height: rows.length, depth: 1, labels }
}

/** The rows of a label map as `grid` takes them. */
export function rowsOf({ width, height, labels }: Pick<LabelMap, 'width' | 'height' | 'labels'>): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(labels.subarray(y * width, (y + 1) * width), (label) => (label === 0 ? '.' : label)).join(''),
  )
}

/** How many pixels each label other than 0 has. */
export function areas({ labels }: Pick<LabelMap, 'labels'>): Record<number, number> {
  const count: Record<number, number> = {}
  for (const label of labels) if (label !== 0) count[label] = (count[label] ?? 0) + 1
  return count
}

/** The refusal that `run` ends with; fails when it does not. */
export async function refusalOf(run: () => unknown): Promise<Refusal> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return expect.fail('nothing was refused')
}
