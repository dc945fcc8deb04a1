import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { XmlElement } from '../../reading/parse-xml.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { CvatShape } from './shape.ts'
import { shownByTrack, type TrackKey } from './tracks.ts'
import { VideoMeta } from './video-meta.ts'
import { xmlShape } from './xml-shape.ts'

interface XmlTrack {
  readonly id: string
  readonly task: string
  readonly label: string
  readonly group: string
  shapes: number
  /** Of the frame that is asked for the last key up to it and the first after it; else all of the first frame. */
  before: TrackKey | undefined
  after: TrackKey | undefined
}

/** The `<track>` elements of a CVAT XML, and what its `<meta>` says of the frames. */
export class XmlTracks {
  readonly #context: ReadContext
  readonly #tracks: XmlTrack[] = []
  readonly #meta = new VideoMeta()
  /** Frames that have an element, by task. */
  readonly #frames = new Map<string, Set<number>>()
  readonly #wanted: { readonly task: string | undefined; readonly frame: number } | undefined
  #current: XmlTrack | undefined

  constructor(context: ReadContext) {
    this.#context = context
    const [, task, frame] = /^(?:(\d+)\/)?(\d+)$/.exec(String(context.options.image ?? '')) ?? []
    if (frame !== undefined) this.#wanted = { task, frame: Number(frame) }
  }

  get isEmpty(): boolean {
    return this.#tracks.length === 0
  }

  get isOpen(): boolean {
    return this.#current !== undefined
  }

  openMeta(name: string): void {
    this.#meta.open(name)
  }

  closeMeta(name: string, text: string): void {
    this.#meta.close(name, text)
  }

  open({ attributes }: XmlElement): void {
    this.#context.budget.regions(1, '')
    const { id = '', task_id: task = '', label = '', group_id: group = '0' } = attributes
    this.#current = { id, task, label, group, shapes: 0, before: undefined, after: undefined }
    this.#tracks.push(this.#current)
  }

  close(): void {
    this.#current = undefined
  }

  shape(element: XmlElement): void {
    const track = this.#current
    if (!track) return
    const pointer = `/track/${track.id}/${track.shapes++}`
    const frame = Number(element.attributes.frame ?? Number.NaN)
    if (!Number.isInteger(frame)) {
      this.#context.warn('REGION_SKIPPED', `${pointer} says no frame and was left out.`)
      return
    }
    const frames = this.#frames.get(track.task) ?? new Set()
    this.#frames.set(track.task, frames.add(frame))
    const { label, group } = track
    const key = {
      frame,
      outside: element.attributes.outside === '1',
      shape: () => ({ ...xmlShape(element, label, pointer, this.#context), group: Number(group) || 0 }),
    }
    const last = this.#wanted?.frame ?? frame
    if (frame <= last && (!track.before || track.before.frame <= frame)) track.before = key
    if (frame > last && (!track.after || track.after.frame > frame)) track.after = key
  }

  /** @throws Refusal where it is not certain which frame is meant, or the video does not have it */
  choose(document: JsonNode): {
    readonly size: ImageSize | undefined
    readonly shapes: readonly CvatShape[]
  } {
    const { image } = this.#context.options
    const task = this.#task(document)
    const frames = this.#frames.get(task) ?? new Set()
    const list = listOf(frames)
    if (image === undefined && frames.size > 1)
      throw document.refuse(`holds ${frames.size} frames (${list}): name one with \`image\``)
    if (image !== undefined && !this.#wanted)
      throw document.refuse(`holds no frame "${image}": name it by its number (${list})`)
    const [only = 0] = frames
    const frame = this.#wanted?.frame ?? only
    if (!frames.has(frame) && !isWithin(frame, frames) && !this.#meta.hasFrame(task, frame))
      throw document.refuse(`holds no frame "${frame}", only ${list}`)
    const shapes = this.#tracks.flatMap((track) => {
      if (track.task !== task) return []
      const keys = [track.before, track.after].filter((key) => key !== undefined)
      return shownByTrack(keys, frame, this.#context) ?? []
    })
    return { size: this.#meta.sizeOf(task), shapes }
  }

  /** Tracks of a project say which task they are of, and each task counts its own frames. */
  #task(document: JsonNode): string {
    const tasks = [...new Set(this.#tracks.map(({ task }) => task))]
    const wanted = this.#wanted?.task
    if (wanted === undefined && tasks.length === 1) return tasks[0]
    if (wanted !== undefined && tasks.includes(wanted)) return wanted
    const list = tasks.slice(0, 20).join(', ')
    throw document.refuse(
      `holds tracks of the tasks ${list}: \`image\` is the id of one and the number of the frame, as "${tasks[0]}/0"`,
    )
  }
}

function isWithin(frame: number, frames: ReadonlySet<number>): boolean {
  let [before, after] = [false, false]
  for (const one of frames) {
    if (one < frame) before = true
    if (one > frame) after = true
  }
  return before && after
}

function listOf(frames: ReadonlySet<number>): string {
  return `${[...frames].slice(0, 20).join(', ')}${frames.size > 20 ? ', …' : ''}`
}
