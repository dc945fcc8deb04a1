import { constants, crc32, deflateSync } from 'node:zlib'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { type Filtering, filterRows } from './png-filter.ts'

/** Whose files the result resembles, as far as a decoder can tell: filters, compression, colour type. */
export type PngStyle = 'pillow' | 'opencv' | 'palette' | 'rgb'

interface Writing {
  readonly filtering: Filtering
  readonly level: number
  readonly strategy: number
  readonly colourType: number
}

const styles: Record<PngStyle, Writing> = {
  pillow: { filtering: 'adaptive', level: 6, strategy: constants.Z_FILTERED, colourType: 0 },
  opencv: { filtering: 'sub', level: 1, strategy: constants.Z_RLE, colourType: 0 },
  palette: { filtering: 'none', level: 6, strategy: constants.Z_DEFAULT_STRATEGY, colourType: 3 },
  rgb: { filtering: 'adaptive', level: 6, strategy: constants.Z_FILTERED, colourType: 2 },
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const idatBytes = 65_536

/**
 * The map as a PNG. `pillow`, `opencv`: grey of 8 or 16 bits, after the labels' type; `palette`: 8-bit indices;
 * `rgb`: 8-bit RGB holding R + 256 G + 65536 B, the COCO panoptic convention.
 */
export function writePng(map: LabelMap, style: PngStyle): Buffer {
  const { filtering, level, strategy, colourType } = styles[style]
  const samples = style === 'rgb' ? rgbSamples(map) : greySamples(map)
  const step = samples.length / (map.width * map.height)
  const scanlines = filterRows(samples, map.width * step, step, filtering)
  const stream = deflateSync(scanlines, { level, strategy, memLevel: 9 })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(map.width, 0)
  header.writeUInt32BE(map.height, 4)
  header[8] = step === 2 ? 16 : 8
  header[9] = colourType
  const chunks = [signature, chunk('IHDR', header)]
  if (style === 'palette') chunks.push(chunk('PLTE', distinctColours()))
  for (let at = 0; at < stream.length; at += idatBytes)
    chunks.push(chunk('IDAT', stream.subarray(at, at + idatBytes)))
  chunks.push(chunk('IEND', Buffer.alloc(0)))
  return Buffer.concat(chunks)
}

function greySamples({ labels }: LabelMap): Uint8Array {
  if (labels instanceof Uint8Array) return labels
  if (!(labels instanceof Uint16Array)) throw new Error('a grey PNG holds labels of 8 or 16 bits')
  return Buffer.from(labels.buffer.slice(labels.byteOffset, labels.byteOffset + labels.byteLength)).swap16()
}

function rgbSamples({ labels }: LabelMap): Uint8Array {
  const samples = new Uint8Array(labels.length * 3)
  for (let i = 0; i < labels.length; i++) {
    samples[3 * i] = labels[i]
    samples[3 * i + 1] = labels[i] >>> 8
    samples[3 * i + 2] = labels[i] >>> 16
  }
  return samples
}

/** 256 different colours; which ones does not matter to a reader of indices. */
function distinctColours(): Buffer {
  return Buffer.from(Uint8Array.from({ length: 768 }, (_, i) => (i % 3 === 0 ? i / 3 : (i * 37) % 256)))
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
