import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import type { ReadOptions } from '../../src/decoding/read-options.ts'
import { defaultLimits } from '../../src/labels/limits.ts'
import { Refusal } from '../../src/problems.ts'

interface Sample {
  readonly file: string
  readonly note: string
  readonly options: {
    readonly greyBits?: 'sample'
    readonly color?: 'rgb24' | { readonly map: Record<string, number> }
    readonly palette?: 'index' | 'value'
    readonly alpha?: 'ignore'
  }
  readonly expect:
    | { readonly error: string }
    | {
        readonly width: number
        readonly height: number
        readonly labelsSha256: string
        readonly min: number
        readonly max: number
        readonly distinct: number
        readonly encoding?: string
      }
}

const folder = new URL('../decode-samples/', import.meta.url)
const { samples }: { samples: readonly Sample[] } = JSON.parse(
  readFileSync(new URL('manifest.json', folder), 'utf8'),
)

/** The manifest's option names, and its way to write a map of colours, are older than the API's. */
function optionsOf({ greyBits, color, ...same }: Sample['options']): ReadOptions {
  return { ...same, grey_bits: greyBits, color: typeof color === 'object' ? color.map : color }
}

function sha256(labels: Iterable<number>): string {
  return createHash('sha256')
    .update(new Uint8Array(Uint32Array.from(labels).buffer))
    .digest('hex')
}

/** Where the manifest accepts several outcomes, the first one, `expect`, is this service's. */
describe('the sample files', () => {
  it.each(samples)('$file: $note', async ({ file, options, expect: expected }) => {
    const bytes = readFileSync(new URL(file, folder))
    const before = sha256(bytes)
    const decoding = decodeMask(bytes, optionsOf(options), defaultLimits)
    if ('error' in expected) {
      const refusal = await decoding.catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(Refusal)
      expect(refusal).toMatchObject({ code: expected.error })
      return
    }
    const { map, encoding } = await decoding
    const labels = Float64Array.from(map.labels)
    expect({
      width: map.width,
      height: map.height,
      min: labels.reduce((least, label) => Math.min(least, label)),
      max: labels.reduce((most, label) => Math.max(most, label)),
      distinct: new Set(map.labels).size,
      labelsSha256: sha256(map.labels),
      ...(expected.encoding === undefined ? {} : { encoding }),
    }).toEqual(expected)
    expect(map.depth).toBe(1)
    expect(sha256(bytes)).toBe(before)
  })
})
