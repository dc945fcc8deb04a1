import { isMarkedAsUntransferable } from 'node:worker_threads'
import type { BodyPart, RequestBody } from '../tasks/task.ts'

/** A body whose bytes lie in memory of their own, and that memory: to be moved to a worker, not copied. */
export interface MovableBody {
  readonly body: RequestBody
  readonly memory: readonly ArrayBuffer[]
}

/**
 * Makes a body movable. Small Buffers share a pool of memory with others, and sending a view sends all that is
 * behind it: the whole pool, for each part. So those are copied out of it first; what owns its memory stays as it is.
 */
export function movable(body: RequestBody): MovableBody {
  if (body.type === 'json') {
    const bytes = owned(body.bytes)
    return { body: { ...body, bytes }, memory: memoryOf([bytes]) }
  }
  const parts = body.parts.map((part): BodyPart => ({ ...part, bytes: owned(part.bytes) }))
  return { body: { ...body, parts }, memory: memoryOf(parts.map(({ bytes }) => bytes)) }
}

/** The bytes in memory that can move: their own, or a copy's. Native code keeps hold of what it has made. */
export const owned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength && !isMarkedAsUntransferable(bytes.buffer)
    ? bytes
    : new Uint8Array(bytes)

const memoryOf = (views: readonly Uint8Array[]): ArrayBuffer[] => [
  ...new Set(views.filter(({ byteLength }) => byteLength > 0).map(({ buffer }) => buffer as ArrayBuffer)),
]
