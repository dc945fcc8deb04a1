import type { BodyPart, Task } from '../tasks/task.ts'
import { type WarmUpDepth, warmUpPng } from './warm-up-png.ts'

/** Made once each: compressing them anew for every worker and round would take the event loop from the probes. */
const masks = new Map<string, Uint8Array>()

/** A copy of a mask: a task takes its bytes away with it. */
function mask(bitDepth: WarmUpDepth, seed: number): Uint8Array {
  const key = `${bitDepth}/${seed}`
  const made = masks.get(key) ?? warmUpPng(bitDepth, seed)
  masks.set(key, made)
  return new Uint8Array(made)
}

/** Two masks that give the kernels and everything behind them something to do. */
export function warmUpParts(bitDepth: WarmUpDepth = 8): BodyPart[] {
  return [
    { name: 'ground_truth', bytes: mask(bitDepth, 1) },
    { name: 'prediction', bytes: mask(bitDepth, 2) },
  ]
}

/** One scoring of them for each worker, through the way that every request takes. */
export function warmUpTasks(workers: number, bitDepth: WarmUpDepth = 8): Task[] {
  return Array.from({ length: workers }, () => ({
    call: 'score',
    body: { type: 'parts', parts: warmUpParts(bitDepth) },
  }))
}
