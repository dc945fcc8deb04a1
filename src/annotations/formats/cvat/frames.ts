import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, statedSize } from '../../reading/read-context.ts'

/** An entry of `meta`, and the number that shapes have it by; absent where that is not certain. */
interface Frame {
  readonly number: number | undefined
  readonly name: unknown
  readonly node: JsonNode
}

export interface ChosenFrame {
  readonly number: number
  readonly size: ImageSize | undefined
}

/**
 * The frame that `image` names by number or file name; without it the only one that has shapes. `used` are the frames
 * that have some, as the task numbers them.
 */
export function chooseFrame(
  document: JsonNode,
  used: ReadonlySet<number>,
  { options }: ReadContext,
): ChosenFrame {
  const { image } = options
  const meta = document.field('meta')
  const frames = framesOf(meta, document.field('job'), used)
  if (image === undefined) {
    if (used.size > 1) throw severalFrames(document, used)
    const [number = 0] = used
    return { number, size: sizeOf(frames, number) }
  }
  const number = /^\d+$/.test(`${image}`) ? Number(image) : undefined
  // A video has one entry for all of its frames.
  const isListed = frames.length > 1 && frames.every((frame) => frame.number !== undefined)
  if (number !== undefined && !isListed) {
    refuseBeyond(number, meta, frames)
    return { number, size: sizeOf(frames, number) }
  }
  if (frames.length === 0)
    throw document.refuse(`has no \`meta\`, which names its frames: name the frame "${image}" by its number`)
  const frame = pickOne(frames, {
    place: meta.field('frames'),
    what: 'frame',
    names: ({ name }) => [name],
    ids: (one) => [one.number],
    wanted: image,
  })
  if (frame.number === undefined)
    throw meta.refuse(
      'does not say for certain which numbers its frames have: add the answer of `/api/jobs/{id}` as `job`, or name the frame by its number in the task',
    )
  return { number: frame.number, size: statedSize(frame.node) }
}

/** A video says how many frames it has. */
function refuseBeyond(number: number, meta: JsonNode, frames: readonly Frame[]): void {
  const first = frames.length === 1 ? frames[0].number : undefined
  const size = meta.field('size')
  if (first === undefined || !size.exists) return
  const last = first + size.integer(1) - 1
  if (number < first || number > last)
    throw meta.refuse(`has the frames ${first} to ${last}, and no frame ${number}`)
}

function severalFrames(document: JsonNode, used: ReadonlySet<number>) {
  const shown = [...used].slice(0, 20).join(', ')
  return document.refuse(
    `annotates ${used.size} frames (${shown}${used.size > 20 ? ', …' : ''}): name one with \`image\``,
  )
}

function framesOf(meta: JsonNode, job: JsonNode, used: ReadonlySet<number>): readonly Frame[] {
  const list = meta.field('frames')
  if (!list.isArray) return []
  const included = meta.field('included_frames')
  // A ground-truth job may list a placeholder for every frame of its range instead of the included ones alone.
  const byIncluded = included.isArray && included.length === list.length
  const first = byIncluded ? undefined : firstNumber(meta, job, used)
  return Array.from(list.items(), (node, index) => ({
    number: byIncluded ? included.item(index).integer(0) : first === undefined ? undefined : first + index,
    name: node.field('name').value,
    node,
  }))
}

/**
 * The number of the first frame in `meta` as the task counts: the job's. `meta.start_frame` counts in the source, from
 * the start frame of the task and in its steps, so that it is the number only where the task leaves nothing out; in the
 * first job of any task the number is 0. What of these the shapes contradict is not it.
 */
function firstNumber(meta: JsonNode, job: JsonNode, used: ReadonlySet<number>): number | undefined {
  const ofJob = job.field('start_frame')
  if (ofJob.exists) return ofJob.integer(0)
  const startNode = meta.field('start_frame')
  const start = startNode.exists ? startNode.integer(0) : 0
  const [, step = '1'] = /step=(\d+)/.exec(String(meta.field('frame_filter').value)) ?? []
  const listed = meta.field('frames').length
  const size = meta.field('size')
  const count = listed === 1 && size.exists ? size.integer(1) : listed
  const [least, greatest] = [Math.min(...used), Math.max(...used)]
  // Shapes in the first and in the last frame leave no choice.
  if (used.size > 0 && greatest - least === count - 1) return least
  const possible = [...new Set([start / (Number(step) || 1), 0])].filter(
    (first) => Number.isInteger(first) && (used.size === 0 || (least >= first && greatest < first + count)),
  )
  return possible.length === 1 || used.size === 0 ? possible[0] : undefined
}

/** One entry, or one size of all entries, stands for every frame. */
function sizeOf(frames: readonly Frame[], number: number): ImageSize | undefined {
  const [first, ...others] = frames.map(({ node }) => statedSize(node))
  if (others.every((size) => size?.width === first?.width && size?.height === first?.height)) return first
  const frame = frames.find((one) => one.number === number)
  return frame && statedSize(frame.node)
}
