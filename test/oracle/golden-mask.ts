import { readFileSync } from 'node:fs'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { readNpyIntegers } from './npy.ts'
import { readPngSamples } from './png.ts'

/**
 * A mask of the golden set as labels, by golden.json's `encoding`: the stored sample or palette index is the label,
 * but `rgb` is R + 256 G + 65536 B. Shares no code with src/decoding.
 */
export function readGoldenMask(path: string | URL, encoding: string): LabelMap {
  const bytes = readFileSync(path)
  if (encoding === 'npy') {
    const { shape, values } = readNpyIntegers(bytes)
    const labels = values.some((value) => value < 0) ? Int32Array.from(values) : Uint32Array.from(values)
    return { width: shape[1], height: shape[0], depth: 1, labels }
  }
  const { width, height, channels, samples } = readPngSamples(bytes)
  if (encoding !== 'rgb') return { width, height, depth: 1, labels: samples }
  const labels = new Uint32Array(width * height)
  for (let k = 0; k < labels.length; k++) {
    const at = k * channels
    labels[k] = samples[at] + 256 * samples[at + 1] + 65536 * samples[at + 2]
  }
  return { width, height, depth: 1, labels }
}
