import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What the compiled module exports; `assembly/` is its source, and documents each function. */
export interface Kernels {
  readonly memory: WebAssembly.Memory
  seedPairs(random: bigint): void
  pairsBase(): number
  beginBlocks(groundTruthBytes: number, predictionBytes: number, maxPairs: number): void
  groundTruthBlock(): number
  predictionBlock(): number
  keepBlock(): number
  countBlock(pixels: number, useKeep: boolean): number
  gatherBlocks(): number
  pairsStatus(): number
  settlePairs(): number
  beginPair(
    width: number,
    height: number,
    groundTruthDepth: number,
    predictionDepth: number,
    maxPairs: number,
  ): boolean
  beginImage(width: number, height: number, bitDepth: number): boolean
  roomFor(ofGroundTruth: boolean): number
  fed(ofGroundTruth: boolean, bytes: number, isLast: boolean): void
  unused(ofGroundTruth: boolean): number
  countRows(most: number): number
  gatherRows(): number
  decodeRows(): number
  stagedRows(): number
  stagedBytes(): number
}

/** Linear memory never shrinks: an instance that has grown beyond this is dropped after the job. */
const maxKeptBytes = 16 * 2 ** 20

let compiled: WebAssembly.Module | undefined
let instance: Kernels | undefined

/**
 * Runs a job on this thread's instance, which is made on first use and whose memory serves job after job.
 * A trap is a fault of the kernels, not of the input: the instance is dropped and the error thrown.
 */
export function withKernels<T>(job: (kernels: Kernels) => T): T {
  instance ??= instantiate()
  const { memory } = instance
  try {
    return job(instance)
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) instance = undefined
    throw error
  } finally {
    if (memory.buffer.byteLength > maxKeptBytes) instance = undefined
  }
}

function instantiate(): Kernels {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)))
  const kernels = new WebAssembly.Instance(compiled).exports as unknown as Kernels
  kernels.seedPairs(randomBytes(8).readBigUInt64LE())
  return kernels
}
