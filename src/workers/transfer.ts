import type { RequestBody } from '../scoring/task.ts'

/**
 * The memory behind a body, to be moved to a worker and not copied. Small Buffers share a pool of memory with
 * others, so only what a part owns alone can move; the rest is copied on the way.
 */
export function ownedMemory(body: RequestBody): ArrayBuffer[] {
  const views = body.type === 'json' ? [body.bytes] : body.parts.map((part) => part.bytes)
  const owned = views.filter((view) => view.byteLength === view.buffer.byteLength && view.byteLength > 0)
  return [...new Set(owned.map((view) => view.buffer as ArrayBuffer))]
}
