import type { BodyPart, Task } from '../tasks/task.ts'
import { type WarmUpDepth, warmUpPng } from './warm-up-png.ts'

/** Each mask is made once: compressing it for every worker and round would keep the event loop from answering probes. */
const masks = new Map<string, Uint8Array>()

/** A copy of a mask, because the bytes of a task are moved to the worker. */
function mask(bitDepth: WarmUpDepth, seed: number): Uint8Array {
  const key = `${bitDepth}/${seed}`
  const made = masks.get(key) ?? warmUpPng(bitDepth, seed)
  masks.set(key, made)
  return new Uint8Array(made)
}

/** The parts of a request that has two masks scored. */
export function warmUpParts(bitDepth: WarmUpDepth = 8): BodyPart[] {
  return [
    { name: 'ground_truth', bytes: mask(bitDepth, 1) },
    { name: 'prediction', bytes: mask(bitDepth, 2) },
  ]
}

/** A scoring of these masks for each worker, as every request brings it. */
export function warmUpTasks(workers: number, bitDepth: WarmUpDepth = 8): Task[] {
  return Array.from({ length: workers }, () => ({
    call: 'score',
    body: { type: 'parts', parts: warmUpParts(bitDepth) },
  }))
}
