import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { seededRandom } from './random.ts'

/** A pair of real masks and how it is brought to a benchmark's size. */
export interface RealPair {
  readonly name: string
  readonly groundTruth: string
  readonly prediction: string
  readonly width: number
  readonly height: number
  /** Each tile's segments get numbers of their own (16 bits); otherwise the labels are classes and stay. */
  readonly ids: boolean
}

const golden = join(import.meta.dirname, '../../test/golden/masks')
/** Masks whose licences keep them out of the project; the pairs are left out where they are absent. */
const outside = join(import.meta.dirname, '../../../shared/golden/real/masks')

const pair = (
  folder: string,
  name: string,
  size: Pick<RealPair, 'name' | 'width' | 'height' | 'ids'>,
): RealPair => ({
  ...size,
  groundTruth: join(folder, `${name}_gt.png`),
  prediction: join(folder, `${name}_pred.png`),
})

/** Those of the real pairs whose files are there. */
export function realPairs(): RealPair[] {
  const wide = { width: 2048, height: 1024 }
  return [
    pair(golden, 'real_horse', { name: 'horse', width: 640, height: 480, ids: false }),
    pair(outside, 'real_bsds_2018', { name: 'bsds', ...wide, ids: false }),
    pair(golden, 'real_coins', { name: 'coins', ...wide, ids: true }),
    pair(outside, 'real_em_sections', { name: 'em', ...wide, ids: true }),
    pair(golden, 'real_coins', { name: 'coins4096', width: 4096, height: 4096, ids: true }),
  ].filter(({ groundTruth }) => existsSync(groundTruth))
}

/** Both sides of the pair at its benchmark size. */
export async function tiledPair(real: RealPair): Promise<{ groundTruth: LabelMap; prediction: LabelMap }> {
  return {
    groundTruth: tiled(await readGrey(real.groundTruth), real),
    prediction: tiled(await readGrey(real.prediction), real),
  }
}

async function readGrey(path: string): Promise<LabelMap> {
  const image = sharp(readFileSync(path))
  const wide = (await image.metadata()).depth === 'ushort'
  const { data, info } = await image
    .toColourspace(wide ? 'grey16' : 'b-w')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const labels = wide ? new Uint16Array(Uint8Array.from(data).buffer) : new Uint8Array(data)
  return { width: info.width, height: info.height, depth: 1, labels }
}

/**
 * The mask repeated to the size asked for. Every tile is mirrored and rolled by chance (alike on both sides of a
 * pair), so that rows do not repeat within reach of the compressor more than rows of masks do.
 */
function tiled(tile: LabelMap, { width, height, ids }: RealPair): LabelMap {
  const labels = ids ? new Uint16Array(width * height) : new Uint8Array(width * height)
  let perTile = 0
  for (const label of tile.labels) perTile = Math.max(perTile, label)
  const random = seededRandom(width + height)
  let offset = 0
  for (let top = 0; top < height; top += tile.height)
    for (let left = 0; left < width; left += tile.width) {
      const mirrored = random() < 0.5
      const roll = Math.floor(random() * tile.height)
      for (let y = 0; y < Math.min(tile.height, height - top); y++)
        for (let x = 0; x < Math.min(tile.width, width - left); x++) {
          const column = mirrored ? tile.width - 1 - x : x
          const label = tile.labels[((y + roll) % tile.height) * tile.width + column]
          labels[(top + y) * width + left + x] = ids && label > 0 ? label + offset : label
        }
      if (ids) offset += perTile
    }
  if (offset > 65_535) throw new Error(`${offset} labels do not fit 16 bits`)
  return { width, height, depth: 1, labels }
}
