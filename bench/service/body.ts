import type { LabelMap } from '../../src/labels/label-map.ts'
import { writePng } from '../images/png-writer.ts'
import { realPairs, tiledPair } from '../images/real.ts'
import { benchPair, type PairName } from '../images.ts'

/** A pair as it is sent: two PNGs, and what the tables say about them. */
export interface SentPair {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly files: { readonly ground_truth: Buffer; readonly prediction: Buffer }
  readonly options?: object
}

const boundary = 'maskscore-bench-boundary'
export const contentType = `multipart/form-data; boundary=${boundary}`

/** The multipart body of the pair, ready to be sent again and again. */
export function multipartBody({ files, options }: SentPair): Buffer {
  const part = (disposition: string, content: Buffer | string): Buffer[] => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]
  const file = (name: keyof SentPair['files']): Buffer[] =>
    part(`name="${name}"; filename="${name}.png"\r\nContent-Type: image/png`, files[name])
  return Buffer.concat([
    ...file('ground_truth'),
    ...file('prediction'),
    ...(options ? part('name="options"', JSON.stringify(options)) : []),
    Buffer.from(`--${boundary}--\r\n`),
  ])
}

/** A synthetic pair of the catalogue. */
export function syntheticPair(name: PairName, options?: object): SentPair {
  const { groundTruth, prediction } = benchPair(name)
  const { width, height } = groundTruth
  const files = { ground_truth: groundTruth.bytes, prediction: prediction.bytes }
  return { name, width, height, files, ...(options && { options }) }
}

/** The real pairs that are present, tiled to the synthetic ones' sizes. */
export async function realSentPairs(): Promise<SentPair[]> {
  const pairs: SentPair[] = []
  for (const real of realPairs()) {
    const { groundTruth, prediction } = await tiledPair(real)
    const png = (map: LabelMap): Buffer => writePng(map, 'pillow')
    const files = { ground_truth: png(groundTruth), prediction: png(prediction) }
    pairs.push({ name: `real: ${real.name}`, width: real.width, height: real.height, files })
  }
  return pairs
}
