import { decodeBinary, encodeBinary } from '@thi.ng/rle-pack'
import { Budget } from '../src/annotations/budget.ts'
import { paintBrush, readBrush } from '../src/annotations/formats/label-studio/brush-rle.ts'
import { Canvas } from '../src/annotations/painting/canvas.ts'
import { JsonNode } from '../src/json/json-node.ts'
import { parseJson } from '../src/json/parse-json.ts'
import { defaultLimits } from '../src/limits.ts'
import { interleavedMedians } from './measure.ts'
import { printTable } from './table.ts'

const width = 3072
const height = 2048
const goalMs = 50
/** Dabs with soft rims on a grid: their rims are what does not pack into runs, as in genuine strokes. */
const spacing = 60
const radius = 14

/** Label Studio's brush: packed numbers of a 6 Mpx region → its pixels, beside the codec the editor uses. */
export async function run(): Promise<void> {
  const words = brushWords()
  const packed = [...encodeBinary(words, words.length)]
  const json = JSON.stringify(packed)
  const node = new JsonNode(packed)
  const ours = () => {
    const canvas = new Canvas({ width, height }, new Uint8Array(width * height), new Budget(defaultLimits))
    canvas.label = 1
    paintBrush(canvas, readBrush(node, canvas), 1, node)
    return canvas.labels
  }
  const codec = () => decodeBinary(Uint8Array.from(packed))
  const timings = await interleavedMedians({
    ours,
    codec,
    json: () => parseJson(json, defaultLimits.maxJsonDepth),
  })
  const agree = ours().every((label, at) => label === (words[4 * at + 3] > 0 ? 1 : 0))
  const row = (name: string, cpuMs: number, bytes: number | undefined, goal = '-') => [
    name,
    cpuMs,
    goal,
    bytes === undefined ? undefined : bytes / (width * height),
  ]
  printTable({
    title: `A brush of ${width}×${height} pixels in ${(packed.length / 1e6).toFixed(2)} million numbers, ${(json.length / 1e6).toFixed(1)} MB of JSON`,
    reading: `CPU milliseconds, one thread; bytes of arrays a pixel that a decoding asks for. The pixels ${agree ? 'are' : 'ARE NOT'} those that were packed.`,
    columns: ['what', 'CPU ms', 'goal', 'bytes a pixel'],
    rows: [
      row('numbers → pixels, alpha only', timings.ours.cpuMs, asked(ours), verdict(timings.ours.cpuMs)),
      row('@thi.ng/rle-pack, all four channels', timings.codec.cpuMs, asked(codec)),
      row('JSON text → numbers, before either', timings.json.cpuMs, undefined),
    ],
  })
}

const verdict = (ms: number): string => (ms < goalMs ? `${goalMs}` : `${goalMs} (MISSES)`)

/** Bytes of array buffers that a run asks for; nothing is collected in between, as nothing is awaited. */
function asked(decode: () => ArrayLike<number>): number {
  const before = process.memoryUsage().arrayBuffers
  const result = decode()
  const bytes = process.memoryUsage().arrayBuffers - before
  if (result.length === 0) throw new Error('nothing was decoded')
  return bytes
}

/** Red, green, blue and alpha alike, as the editor writes them. */
function brushWords(): Uint8Array {
  const words = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot((x % spacing) - spacing / 2, (y % spacing) - spacing / 2)
      const alpha = Math.round(255 * Math.min(Math.max(radius + 1.5 - distance, 0) / 3, 1))
      words.fill(alpha, 4 * (y * width + x), 4 * (y * width + x) + 4)
    }
  return words
}
