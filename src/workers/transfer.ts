import { isMarkedAsUntransferable } from 'node:worker_threads'
import type { BodyPart, Task } from '../tasks/task.ts'

/** A body whose bytes lie in memory of their own, and that memory: it can be moved to a worker without a copy. */
export interface MovableBody {
  readonly body: Task['body']
  readonly memory: readonly ArrayBuffer[]
}

/**
 * Makes a body movable. Small Buffers share one pool of memory, and sending one of them would send the whole pool. They
 * are copied first; bytes with memory of their own stay where they are.
 */
export function movable(body: Task['body']): MovableBody {
  if (body.type === 'data') return { body, memory: [] }
  if (body.type === 'json') {
    const bytes = owned(body.bytes)
    return { body: { ...body, bytes }, memory: memoryOf([bytes]) }
  }
  const parts = body.parts.map((part): BodyPart => ({ ...part, bytes: owned(part.bytes) }))
  return { body: { ...body, parts }, memory: memoryOf(parts.map(({ bytes }) => bytes)) }
}

/** The bytes in memory that can be moved: a copy, where they share memory or native code holds on to it. */
export const owned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength && !isMarkedAsUntransferable(bytes.buffer)
    ? bytes
    : new Uint8Array(bytes)

const memoryOf = (views: readonly Uint8Array[]): ArrayBuffer[] => [
  ...new Set(views.filter(({ byteLength }) => byteLength > 0).map(({ buffer }) => buffer as ArrayBuffer)),
]
