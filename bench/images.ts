import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabelArray, LabelMap } from '../src/labels/label-map.ts'
import { paintSide, type Side } from './images/paint-pair.ts'
import { type PairName, type PairSpec, pairSpecs } from './images/pair-spec.ts'
import { writePng } from './images/png-writer.ts'

/** One mask as a benchmark wants it: the file's bytes, and its labels when the benchmark starts behind decoding. */
export interface BenchImage {
  readonly width: number
  readonly height: number
  /** The PNG. */
  readonly bytes: Buffer
  /** The labels in it, painted anew on first use (a second or two for 16 Mpx). */
  readonly labels: LabelArray
}

export interface BenchPair {
  readonly groundTruth: BenchImage
  readonly prediction: BenchImage
}

export type { PairName }

const cacheFolder = join(tmpdir(), 'maskscore-bench')

/** The pair of that name; its PNGs are cached in the system's temporary folder until the generator changes. */
export function benchPair(name: PairName): BenchPair {
  const spec = pairSpecs[name]
  return { groundTruth: benchImage(spec, 'groundTruth'), prediction: benchImage(spec, 'prediction') }
}

/** 512×512×64 with 2,000 labels of 32 bits, as label maps only: cells whose borders move from slice to slice. */
export function benchVolume(): { groundTruth: LabelMap; prediction: LabelMap } {
  const side = (which: Side): LabelMap => {
    const labels = new Uint32Array(512 * 512 * 64)
    for (let z = 0; z < 64; z++) {
      const slice = { ...pairSpecs.c, width: 512, height: 512, cells: 2000, bits: 32, seed: 6 } as const
      labels.set(paintSide({ ...slice, shift: z / 8 }, which).labels, z * 512 * 512)
    }
    return { width: 512, height: 512, depth: 64, labels }
  }
  return { groundTruth: side('groundTruth'), prediction: side('prediction') }
}

function benchImage(spec: PairSpec, side: Side): BenchImage {
  let painted: LabelMap | undefined
  const paint = (): LabelMap => {
    painted ??= paintSide(spec, side)
    return painted
  }
  const bytes = cached(JSON.stringify([spec, side]), () => writePng(paint(), spec.style))
  return {
    width: spec.width,
    height: spec.height,
    bytes,
    get labels() {
      return paint().labels
    },
  }
}

function cached(key: string, make: () => Buffer): Buffer {
  const path = join(cacheFolder, `${fingerprint(generatorSource(), key)}.png`)
  try {
    return readFileSync(path)
  } catch {
    mkdirSync(cacheFolder, { recursive: true })
    const bytes = make()
    // Written beside and renamed: another process never reads half a file.
    writeFileSync(`${path}.${process.pid}`, bytes)
    renameSync(`${path}.${process.pid}`, path)
    return bytes
  }
}

function generatorSource(): string {
  const folder = join(import.meta.dirname, 'images')
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join()
}

function fingerprint(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24)
}
