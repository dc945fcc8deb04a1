import { JsonNode } from '../../json/json-node.ts'

export interface Frame {
  readonly width: number
  readonly height: number
  readonly name: string
}

/** A job's frames, as numbered in its task. */
export interface FrameRange {
  readonly start_frame: number
  readonly stop_frame: number
}

/**
 * The frames of a job by their number in the task, without deleted ones. CVAT's `data/meta` lists them in three
 * ways: one entry for each frame from the job's first on (of a ground-truth job also for those it leaves out), one
 * for each of `included_frames`, or one entry for a whole video. Its own `start_frame` counts in the source, not in
 * the task, so the job's is taken.
 */
export function framesOf(meta: JsonNode, { start_frame, stop_frame }: FrameRange): Map<number, Frame> {
  const listed = [...meta.field('frames').items()]
  const included = numbersOf(meta.field('included_frames'))
  const deleted = new Set(numbersOf(meta.field('deleted_frames')))
  const inJob = included.length > 0 ? new Set(included) : undefined
  const byIncluded = included.length > 0 && included.length === listed.length
  const ofVideo = listed.length === 1 && !byIncluded ? frameOf(listed[0]) : undefined
  const numbers = byIncluded
    ? included
    : Array.from(
        { length: ofVideo ? stop_frame - start_frame + 1 : listed.length },
        (_, i) => start_frame + i,
      )
  const frames = new Map<number, Frame>()
  for (const [index, number] of numbers.entries())
    if (number <= stop_frame && !deleted.has(number) && (!inJob || inJob.has(number)))
      frames.set(number, ofVideo ?? frameOf(listed[index]))
  return frames
}

function frameOf(node: JsonNode): Frame {
  const name = node.field('name').value
  return {
    width: node.field('width').integer(1),
    height: node.field('height').integer(1),
    name: typeof name === 'string' ? name.slice(0, 300) : '',
  }
}

function numbersOf(list: JsonNode): number[] {
  return list.isArray ? Array.from(list.items(), (item) => item.integer(0)) : []
}

/** A frame of the job and the one of the ground-truth job that shows the same image. */
export interface FramePair {
  readonly frame: number
  readonly reference: number
}

/**
 * The frames in common: equal numbers, and honeypots, which are copies of frames of the ground-truth pool under
 * numbers of their own. `layout` is the task's validation layout, when it has one.
 */
export function framesInCommon(
  frames: ReadonlyMap<number, Frame>,
  references: ReadonlyMap<number, Frame>,
  layout: JsonNode = new JsonNode(undefined),
): FramePair[] {
  const disabled = new Set(numbersOf(layout.field('disabled_frames')))
  const real = numbersOf(layout.field('honeypot_real_frames'))
  const honeypots = numbersOf(layout.field('honeypot_frames'))
  const realOf = new Map(honeypots.map((honeypot, index) => [honeypot, real[index]]))
  return [...frames.keys()].flatMap((frame) => {
    const reference = realOf.get(frame) ?? frame
    return references.has(reference) && !disabled.has(reference) ? [{ frame, reference }] : []
  })
}
