import type { BodyPart, Task } from '../scoring/task.ts'
import { warmUpPng } from './warm-up-png.ts'

/** Two masks that give the kernels and everything behind them something to do. */
export function warmUpParts(bitDepth: 8 | 16 = 8): BodyPart[] {
  return [
    { name: 'ground_truth', bytes: warmUpPng(bitDepth, 1) },
    { name: 'prediction', bytes: warmUpPng(bitDepth, 2) },
  ]
}

/** One scoring of them for each worker, through the way that every request takes. */
export function warmUpTasks(workers: number, bitDepth: 8 | 16 = 8): Task[] {
  return Array.from({ length: workers }, () => ({
    call: 'score',
    body: { type: 'parts', parts: warmUpParts(bitDepth) },
  }))
}
