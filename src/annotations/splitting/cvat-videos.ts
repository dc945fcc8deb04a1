import { Refusal } from '../../problems/refusal.ts'
import { VideoMeta } from '../formats/cvat/video-meta.ts'
import type { Video, VideoKey, VideoTrack } from './split-cvat-video.ts'

interface OpenTrack extends VideoTrack {
  readonly task: string
  readonly keys: VideoKey[]
}

/** The videos of a CVAT XML while it is read: its `<meta>` and its `<track>` elements. */
export class CvatVideos {
  readonly meta = new VideoMeta()
  readonly #tracks: OpenTrack[] = []

  get isEmpty(): boolean {
    return this.#tracks.length === 0
  }

  track(tag: string, { task_id: task = '' }: Readonly<Record<string, string>>): void {
    this.#tracks.push({ task, tag: tag.replace(/\s*\/>$/, '>'), keys: [] })
  }

  /** @throws Refusal INVALID_ANNOTATION for a shape without a frame */
  key(text: string, attributes: Readonly<Record<string, string>>): void {
    const frame = Number(attributes.frame ?? Number.NaN)
    if (!Number.isSafeInteger(frame))
      throw new Refusal(
        'INVALID_ANNOTATION',
        `The XML has a track ${this.#tracks.length - 1} with a shape that says no frame.`,
      )
    this.#tracks.at(-1)?.keys.push({ frame, outside: attributes.outside === '1', text })
  }

  list(): readonly Video[] {
    const ofTracks = this.#tracks.map(({ task }) => task)
    const ids = [...new Set([...this.meta.ids(), ...ofTracks.filter((task) => task !== '')])]
    // Tracks of a single task do not say whose they are.
    const tasks = ids.length > 1 ? ids : [ids[0] ?? '']
    return tasks.map((id) => ({
      folder: tasks.length > 1 ? `${id}/` : '',
      size: this.meta.sizeOf(id),
      frames: this.meta.framesOf(id),
      tracks: this.#tracks.filter(({ task }) => tasks.length === 1 || task === id),
    }))
  }
}
