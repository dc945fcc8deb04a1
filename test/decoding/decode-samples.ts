import { readFileSync } from 'node:fs'
import type { ReadOptions } from '../../src/decoding/read-options.ts'

export interface DecodeSample {
  readonly file: string
  readonly note: string
  /** Of the file, so that a checkout which changed it is noticed. */
  readonly sha256: string
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

/** Files of every kind with the outcome each must have; where several are acceptable, `expect` is this service's. */
export const { samples: decodeSamples }: { samples: readonly DecodeSample[] } = JSON.parse(
  readFileSync(new URL('manifest.json', folder), 'utf8'),
)

export const sampleBytes = ({ file }: DecodeSample): Buffer<ArrayBuffer> =>
  readFileSync(new URL(file, folder))

/** The manifest's option names, and its way to write a map of colours, are older than the API's. */
export function sampleOptions({ options: { greyBits, color, ...same } }: DecodeSample): ReadOptions {
  return { ...same, grey_bits: greyBits, color: typeof color === 'object' ? color.map : color }
}
