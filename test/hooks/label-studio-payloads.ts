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
