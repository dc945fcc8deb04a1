import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../bench/images/random.ts'
import type { AnnotationOptions } from '../../src/annotations/annotation-options.ts'
import { defaultLimits, type Limits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { readMasks } from '../../src/scoring/masks/read-masks.ts'
import type { MaskInput } from '../../src/scoring/request/mask-input.ts'
import { example, masks } from '../http/examples.ts'

/** Small, so that a mutation that asks for much is refused at once. */
const limits: Limits = {
  ...defaultLimits,
  maxPixels: 100_000,
  maxSide: 2000,
  maxVertices: 10_000,
  maxRuns: 50_000,
}

const strange: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  1e9,
  2 ** 53,
  -(2 ** 31),
  '',
  'x',
  '__proto__',
  [],
  {},
  [[]],
  [null],
  [[1, 2], 'y'],
  { x: 1 },
]

/** A deep copy with one place replaced by something strange, removed, doubled or moved. */
function mutated(document: unknown, random: () => number): unknown {
  const copy = structuredClone(document)
  const places: { owner: Record<string, unknown>; key: string }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    // Of long lists the first items stand for all.
    for (const key of Object.keys(value).slice(0, 12)) {
      places.push({ owner: value as Record<string, unknown>, key })
      visit((value as Record<string, unknown>)[key])
    }
  }
  visit(copy)
  const { owner, key } = places[Math.floor(random() * places.length)]
  const choice = random()
  if (choice < 0.7) owner[key] = strange[Math.floor(random() * strange.length)]
  else if (choice < 0.85) delete owner[key]
  else owner[key] = [owner[key], owner[key]]
  return copy
}

/** True when it was read, false when it was refused; anything else fails. */
async function isReadOrRefused(input: MaskInput, options: AnnotationOptions = {}): Promise<boolean> {
  try {
    const toRead = [{ input, options, pointer: '/mask' }]
    const { masks } = await readMasks(toRead, { limits, pngDecoder: 'auto' })
    const [{ map }] = masks
    expect(map.labels.length).toBe(map.width * map.height)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.message).not.toMatch(/undefined|NaN|\[object/)
    return false
  }
}

const rounds = 250

describe('documents with one place changed are read or refused, never anything else', () => {
  const formats = Object.keys(masks).filter((format) => format !== 'image')
  it.each(formats)('a document of %s', async (format) => {
    const document = masks[format]('ground-truth')
    const random = seededRandom(format.length)
    let read = 0
    for (let round = 0; round < rounds; round++) {
      const changed = mutated(document, random) as Record<string, unknown>
      if (await isReadOrRefused({ kind: 'annotation', format, document: changed })) read++
    }
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(rounds)
  })

  it.each([
    'cvat-images/ground-truth.zip',
    'cvat-masks/ground-truth.zip',
    'yolo/ground-truth.txt',
    'kaggle/ground-truth.txt',
  ])('the bytes of %s', async (path) => {
    const bytes = new Uint8Array(example(path))
    const random = seededRandom(path.length)
    const format = path.startsWith('yolo') ? 'yolo_seg' : 'kaggle_rle'
    const options = path.endsWith('.txt') ? ({ format, width: 80, height: 64 } as const) : {}
    for (let round = 0; round < rounds; round++) {
      const changed = Uint8Array.from(bytes)
      for (let k = 0; k < 3; k++) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256)
      const sent = round % 5 ? changed : changed.subarray(0, random() * changed.length)
      await isReadOrRefused({ kind: 'file', bytes: sent }, options)
    }
  })
})
