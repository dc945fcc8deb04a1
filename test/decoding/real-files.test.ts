import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import type { ReadOptions } from '../../src/decoding/read-options.ts'
import { histogram } from '../../src/labels/histogram.ts'
import { defaultLimits } from '../../src/limits.ts'

interface RealFile {
  readonly file: string
  readonly options: ReadOptions
  readonly size: readonly [number, number]
  readonly histogram: readonly (readonly [number, number])[]
}

const folder = new URL('../../../shared/samples/', import.meta.url)
const here = existsSync(folder)
/** Written by `real_files.py`. */
const files: readonly RealFile[] = JSON.parse(
  readFileSync(new URL('real-files.json', import.meta.url), 'utf8'),
)

describe.skipIf(!here)(
  `masks of well-known data sets${here ? '' : ' (skipped: the files are not here)'}`,
  () => {
    it.each(files.map((real) => [real.file, JSON.stringify(real.options), real] as const))(
      '%s by %s',
      async (_, __, real) => {
        const bytes = readFileSync(new URL(real.file, folder))
        const { map, warnings } = await decodeMask(bytes, real.options, defaultLimits)
        expect([map.width, map.height]).toEqual(real.size)
        expect(histogram(map)).toEqual(real.histogram)
        expect(warnings).toEqual([])
      },
    )
  },
)
