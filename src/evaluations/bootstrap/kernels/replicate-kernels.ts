import { readFileSync } from 'node:fs'
import { poissonThresholds } from '../poisson-thresholds.ts'

/** What the compiled module exports; `assembly/` is its source, and documents each function. */
export interface ReplicateKernels {
  readonly memory: WebAssembly.Memory
  base(): number
  reserve(end: number): boolean
  addThreshold(threshold: number): void
  poissonWeights(a: number, b: number, first: number, count: number, weights: number): void
  addRows(
    slots: number,
    places: number,
    values: number,
    weights: number,
    stride: number,
    count: number,
    sums: number,
  ): void
}

/** Linear memory never shrinks: an instance that has grown beyond this is dropped after the job. */
const maxKeptBytes = 16 * 2 ** 20

let compiled: WebAssembly.Module | undefined
let instance: ReplicateKernels | undefined

/** Runs a job on this thread's instance, whose memory serves job after job. Jobs do not stand within each other. */
export function withReplicateKernels<T>(job: (kernels: ReplicateKernels) => T): T {
  const kernels = instance ?? instantiate()
  // Another job within this one, and one after it that failed, get an instance of their own.
  instance = undefined
  const result = job(kernels)
  if (kernels.memory.buffer.byteLength <= maxKeptBytes) instance = kernels
  return result
}

function instantiate(): ReplicateKernels {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./replicates.wasm', import.meta.url)))
  const kernels = new WebAssembly.Instance(compiled).exports as unknown as ReplicateKernels
  if (!kernels.reserve(kernels.base())) throw new Error('there is no memory for resamples')
  for (const threshold of poissonThresholds) kernels.addThreshold(threshold)
  return kernels
}
