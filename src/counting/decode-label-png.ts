import { withKernels } from './kernels/kernels.ts'
import { PngInput } from './kernels/png-input.ts'
import { rows } from './kernels/rows.ts'
import { isLabelPng, type LabelPng } from './label-png.ts'

export interface DecodedPng {
  /** As they are stored: palette indices, and grey of few bits not expanded. */
  readonly samples: Uint8Array | Uint16Array
  /** Compressed bytes that lie behind the rows, where no image has any. */
  readonly unusedBytes: number
}

/**
 * Every sample of a label PNG, row-major, read by the decoder of `countLabelPngs` with the same checks.
 *
 * Undefined means: take the general decoder, also for damaged files, so that one place words the refusal.
 */
export function decodeLabelPng(png: LabelPng): DecodedPng | undefined {
  if (!isLabelPng(png.scanned)) return undefined
  const { width, height, bitDepth } = png.scanned.header
  return withKernels((kernels) => {
    if (!kernels.beginImage(width, height, bitDepth)) return undefined
    const input = new PngInput(kernels, 'prediction', png)
    const samples = bitDepth === 16 ? new Uint16Array(width * height) : new Uint8Array(width * height)
    const target = new Uint8Array(samples.buffer)
    let filled = 0
    for (;;) {
      const stopped = kernels.decodeRows()
      const staged = kernels.stagedBytes()
      target.set(new Uint8Array(kernels.memory.buffer, kernels.stagedRows(), staged), filled)
      filled += staged
      if (stopped === rows.needsPrediction) input.feed()
      else if (stopped === rows.all) return { samples, unusedBytes: input.unusedBytes() }
      else if (stopped !== rows.stageFull) return undefined
    }
  })
}
