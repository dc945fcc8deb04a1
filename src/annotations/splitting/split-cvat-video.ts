import type { ImageSize } from '../image-size.ts'
import type { DocumentImage } from './document-image.ts'

/** A shape of a track in the source, and the frame from which on it stands. */
export interface VideoKey {
  readonly frame: number
  /** The object is not in the image. */
  readonly outside: boolean
  /** The element. */
  readonly text: string
}

export interface VideoTrack {
  /** The opening tag. */
  readonly tag: string
  readonly keys: readonly VideoKey[]
}

/** The frames and tracks of one task. */
export interface Video {
  /** Stands before the names of frames, where a document has several tasks; '' otherwise. */
  readonly folder: string
  readonly size: ImageSize | undefined
  /** As the document tells of them; undefined where it does not. */
  readonly frames: { readonly first: number; readonly last: number; readonly step: number } | undefined
  readonly tracks: readonly VideoTrack[]
}

/**
 * The frames of a video of CVAT, each named as CVAT names its file (`frame_000012`), also those in which nothing is seen. The
 * text of a frame has of each track that is seen in it the key before the frame and, where it has to be interpolated, the
 * one behind; what is between them the reader of one frame works out.
 */
export function* splitCvatVideo({ folder, size, frames, tracks }: Video): Generator<DocumentImage> {
  const sorted = tracks.map(({ keys }) => lastOfEachFrame(keys))
  const used = [...new Set(sorted.flatMap((keys) => keys.filter(isSeen).map(({ frame }) => frame)))].sort(
    (a, b) => a - b,
  )
  const turns = sorted
    .flatMap((keys, track) => keys.map((key, place) => ({ track, place, key })))
    .sort((a, b) => a.key.frame - b.key.frame)
  /** Track → its last key so far, while that shows something. */
  const shown = new Map<number, number>()
  let turn = 0
  for (const frame of framesOf(frames, used)) {
    for (; turn < turns.length && turns[turn].key.frame <= frame; turn++) {
      const { track, place, key } = turns[turn]
      if (isSeen(key)) shown.set(track, place)
      else shown.delete(track)
    }
    const parts = [...shown]
      .sort(([a], [b]) => a - b)
      .map(([track, place]) => {
        const [last, next] = sorted[track].slice(place, place + 2)
        const behind = last.frame === frame || next === undefined ? '' : next.text
        return `${tracks[track].tag}${last.text}${behind}</track>`
      })
    yield {
      name: `${folder}frame_${String(frame).padStart(6, '0')}`,
      format: 'cvat_shapes',
      ...(parts.length > 0
        ? { text: withTracks(frame, size, parts.join('')), options: { image: frame } }
        : {
            text: `<annotations><image id="${frame}" name="${frame}"${sizeAttributes(size)}/></annotations>`,
          }),
    }
  }
}

const isSeen = ({ outside }: VideoKey): boolean => !outside

/** By frame; of several keys of one frame the last counts. */
function lastOfEachFrame(keys: readonly VideoKey[]): VideoKey[] {
  const byFrame = new Map(keys.map((key) => [key.frame, key]))
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame)
}

/** All frames that a document tells of, and those that only its tracks do, in their order. */
function* framesOf(told: Video['frames'], used: readonly number[]): Generator<number> {
  const [first = 0] = used
  const range = told ?? { first, last: used.at(-1) ?? first - 1, step: 1 }
  let next = 0
  for (let frame = range.first; frame <= range.last; frame += range.step) {
    while (used[next] < frame) yield used[next++]
    if (used[next] === frame) next++
    yield frame
  }
  while (next < used.length) yield used[next++]
}

const sizeAttributes = (size: ImageSize | undefined): string =>
  size ? ` width="${size.width}" height="${size.height}"` : ''

function withTracks(frame: number, size: ImageSize | undefined, tracks: string): string {
  const sides = size ? `<width>${size.width}</width><height>${size.height}</height>` : ''
  const meta = `<task>${sides}<start_frame>${frame}</start_frame><stop_frame>${frame}</stop_frame></task>`
  return `<annotations><meta>${meta}</meta>${tracks}</annotations>`
}
