import type { Task } from '../scoring/task.ts'

/** A grey PNG of 2×2 pixels with the labels 0 and 1. */
const tinyPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADklEQVQImWNgYGBgZAQAAAkAAw9O2agAAAAASUVORK5CYII='

/** One tiny scoring for each worker, through the way that every request takes. */
export function warmUpTasks(workers: number): Task[] {
  return Array.from({ length: workers }, () => {
    const part = (name: string) => ({ name, bytes: Uint8Array.from(Buffer.from(tinyPng, 'base64')) })
    return { call: 'score', body: { type: 'parts', parts: [part('ground_truth'), part('prediction')] } }
  })
}
