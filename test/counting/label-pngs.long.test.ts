import { describe, expect, it, vi } from 'vitest'
import { seededRandom } from '../../bench/images/random.ts'
import { countLabelPngs } from '../../src/counting/count-label-pngs.ts'
import { countMapsPlainly } from '../../src/counting/count-maps-plainly.ts'
import { decodeLabelPng } from '../../src/counting/decode-label-png.ts'
import { samplesOf } from '../../src/decoding/greys.ts'
import { checkStream } from '../../src/decoding/png/check-stream.ts'
import { pngRaster } from '../../src/decoding/png/png-raster.ts'
import { scanPng } from '../../src/decoding/png/scan.ts'
import { defaultLimits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { damagedPng, type RandomPng, randomPng, shortenedPng } from './random-pngs.ts'

/** The kernels take rows of a mebibyte, longer than a side may be unless the limit is raised. */
const limits = { ...defaultLimits, maxSide: 2 ** 20 }
const scanned = (bytes: Uint8Array) => ({ bytes, scanned: scanPng(bytes, limits) })
const mapOf = ({ width, height, samples }: RandomPng) => ({ width, height, depth: 1, labels: samples })
/** As one type, so that samples of both decoders can be compared. */
const wide = (samples: ArrayLike<number>) => Uint16Array.from(samples)

/** What the kernels make of a file: its samples, or undefined when they refuse. */
function decode(bytes: Uint8Array): Uint16Array | undefined {
  try {
    const decoded = decodeLabelPng(scanned(bytes))
    return decoded && wide(decoded.samples)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** What the general decoder makes of a file: its samples, or undefined when it refuses. */
async function decodeBySharp(bytes: Uint8Array): Promise<Uint16Array | undefined> {
  try {
    const png = scanned(bytes)
    await checkStream(bytes, png.scanned)
    const raster = await pngRaster(bytes, png.scanned)
    if (raster.kind === 'palette') return wide(raster.indices)
    if (raster.kind !== 'grey') throw new Error(`unexpected ${raster.kind}`)
    return wide(raster.values instanceof Uint8Array ? samplesOf(raster.values, raster.bits) : raster.values)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const same = (a: Uint16Array | undefined, b: Uint16Array | undefined) =>
  a === b || (a !== undefined && b !== undefined && Buffer.from(a.buffer).equals(Buffer.from(b.buffer)))

describe('the label-PNG path', () => {
  it('reads 2,000 generated files sample for sample', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const png = randomPng(seed)
      expect(same(decode(png.bytes), png.samples), png.about).toBe(true)
    }
  })

  it('counts 1,000 generated pairs as the plain counter counts their samples', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const groundTruth = randomPng(seed)
      const prediction = randomPng(seed + 5000, groundTruth)
      const counted = countLabelPngs(scanned(groundTruth.bytes), scanned(prediction.bytes), { maxPairs: 1e6 })
      const plain = countMapsPlainly(mapOf(groundTruth), mapOf(prediction), { maxPairs: 1e6 })
      expect(counted?.table, `${groundTruth.about}; ${prediction.about}`).toStrictEqual(plain)
    }
  })

  it('counts the same when it gives way between rows: 40 generated pairs of 400,000 pixels', () => {
    for (let seed = 0; seed < 40; seed++) {
      const groundTruth = randomPng(seed, { width: 517, height: 800 })
      const prediction = randomPng(seed + 5000, groundTruth)
      const pngs = [scanned(groundTruth.bytes), scanned(prediction.bytes)] as const
      const counted = countLabelPngs(...pngs, { maxPairs: 1e6, giveWay: () => undefined })
      expect(counted, `${groundTruth.about}; ${prediction.about}`).toStrictEqual(
        countLabelPngs(...pngs, { maxPairs: 1e6 }),
      )
    }
  })

  it('gives way where a stream needs bytes and after each 131,072 pixels', () => {
    const samples = new Uint16Array(1000 * 1000)
    const bytes = writePngSamples({ width: 1000, height: 1000, bitDepth: 8, colourType: 0, samples })
    const giveWay = vi.fn()
    const counted = countLabelPngs(scanned(bytes), scanned(bytes), { maxPairs: 1, giveWay })
    expect(counted?.table.counts).toEqual(Float64Array.of(1e6))
    // Two small files, each read at once; and after 132, 264, … 924 rows.
    expect(giveWay).toHaveBeenCalledTimes(2 + 7)
  })

  it('agrees with sharp on 1,500 damaged files: the same samples, or both refuse', async () => {
    const outcomes = { read: 0, refused: 0 }
    for (let seed = 0; seed < 1500; seed++) {
      const png = randomPng(seed % 20 === 0 ? seed + 1 : seed)
      const bytes = damagedPng(png, seed)
      const samples = decode(bytes)
      expect(same(samples, await decodeBySharp(bytes)), png.about).toBe(true)
      outcomes[samples === undefined ? 'refused' : 'read']++
    }
    // A fault can hit a bit that nothing depends on; nearly all must be seen.
    expect(outcomes.refused).toBeGreaterThan(1300)
  })

  it('sums up the heaviest streams there are, which their checksum has to allow for', () => {
    // Filtered, every byte is 255: each sample is one less than the one that is taken away from it.
    const heaviest = [() => 255, (x: number) => 255 - (x % 256), (_: number, y: number) => 255 - y]
    for (const [width, height] of [
      [3000, 40],
      [40_000, 3],
    ])
      heaviest.forEach((sample, filter) => {
        const samples = Uint16Array.from({ length: width * height }, (_, k) =>
          sample(k % width, Math.floor(k / width)),
        )
        const png = writePngSamples(
          { width, height, bitDepth: 8, colourType: 0, samples },
          { filter: () => filter },
        )
        expect(same(decode(png), samples), `${width} x ${height}, filter ${filter}`).toBe(true)
      })
  })

  it('reads the longest rows, changed in their last pixel, with every filter', () => {
    const [width, height] = [2 ** 19, 3]
    const samples = new Uint16Array(width * height).fill(7)
    for (let y = 0; y < height; y++) samples.fill(400 + y, (y + 1) * width - 1 - y, (y + 1) * width)
    for (const filter of [0, 1, 2, 3, 4]) {
      const png = writePngSamples(
        { width, height, bitDepth: 16, colourType: 0, samples },
        { filter: () => filter },
      )
      expect(same(decode(png), samples), `filter ${filter}`).toBe(true)
    }
  })

  it('repeats what lies any distance before, as often as the stream says', () => {
    const [width, height] = [997, 12]
    for (let period = 1; period <= 40; period++) {
      const random = seededRandom(period)
      let phase = 0
      // Stretches of all lengths around those of a match, 3 to 258 bytes, of one repeating pattern.
      const samples = Uint16Array.from({ length: width * height }, () => {
        if (random() < 0.01) phase += Math.floor(random() * period) + 1
        return (phase++ % period) * 5 + 1
      })
      const png = writePngSamples({ width, height, bitDepth: 8, colourType: 0, samples }, { filter: () => 0 })
      expect(same(decode(png), samples), `period ${period}`).toBe(true)
    }
  })

  it('refuses a stream that ends early, wherever it ends', () => {
    for (let seed = 0; seed < 40; seed++) {
      const png = randomPng(seed * 3 + 1)
      for (const count of [1, 2, 3, 4, 5, 6, 8, 12, 30, 100])
        expect(decode(shortenedPng(png, count)), `${png.about}, ${count} bytes less`).toBeUndefined()
    }
  })
})
