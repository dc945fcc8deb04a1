import { readFileSync } from 'node:fs'

const load = (name: string) =>
  JSON.parse(readFileSync(new URL(`payloads/label-studio-${name}.json`, import.meta.url), 'utf8'))

/** Results drawn with the real editor, 320 × 240: a brush stroke "Cell" and a polygon "Leaf". */
export const groundTruth: object[] = load('ground-truth')
export const drawn: object[] = load('annotation')
/** IoU of the two by an independent decoder. */
export const expectedIou: { Cell: number; Leaf: number } = load('expected').iou_vs_gt.ann_a

interface Changes {
  readonly action?: string
  readonly annotation?: object
  readonly task?: object
}

let lastId = 1000
/** An annotation that no other test has. */
export const nextId = (): number => ++lastId

/** What Label Studio sends when an annotation was updated, with what a test wants to be different. */
export function webhook({ action = 'ANNOTATION_UPDATED', annotation = {}, task = {} }: Changes = {}) {
  const envelope = load('webhook')
  return {
    ...envelope,
    action,
    annotation: { ...envelope.annotation, id: nextId(), result: drawn, ...annotation },
    task: { ...envelope.task, ...task },
  }
}

/** The annotation of the task that is marked as ground truth. */
export const truth = {
  id: 101,
  result: groundTruth,
  ground_truth: true,
  was_cancelled: false,
  completed_by: 7,
  updated_at: '2026-01-10T08:00:00.000000Z',
}

/** A brush whose JSON is about four megabytes: noise, coded literally. */
export function largeBrush(side = 1000): object {
  const words = side * side * 4
  const bits: number[] = []
  const push = (value: number, width: number) => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) % 2)
  }
  push(words, 32)
  push(7, 5)
  for (const size of [3, 4, 8, 16]) push(size - 1, 4)
  // Runs of one word, of which every second pixel is opaque.
  for (let pixel = 0; pixel < side * side; pixel++) {
    push(1, 1)
    push(0, 2)
    push(3, 3)
    push(pixel % 2 === 0 ? 255 : 0, 8)
  }
  const bytes: number[] = []
  for (let i = 0; i < bits.length; i += 8)
    bytes.push(bits.slice(i, i + 8).reduce((byte, bit, at) => byte | (bit << (7 - at)), 0))
  return {
    id: 'large',
    type: 'brushlabels',
    original_width: side,
    original_height: side,
    value: { format: 'rle', rle: bytes, brushlabels: ['Cell'] },
  }
}
