import type { Item } from '../sources/item.ts'
import { bytesOf } from '../sources/reader.ts'

/** Most items that a thread takes at a time. */
const maxItems = 64
/** Most bytes of files that a thread takes at a time; a single item may have more. */
const maxBytes = 64 * 2 ** 20

/** Bytes that are read for an item. */
export const bytesOfItem = ({ groundTruth, prediction }: Item): number =>
  bytesOf(groundTruth) + (prediction ? bytesOf(prediction) : 0)

/**
 * Items in chunks of neighbours, as threads take them. They get smaller towards the end, so that all threads end together,
 * and a few items are shared between all of them.
 * @param count how many items there are
 * @param lanes how many chunks are in work or waiting at a time
 */
export function* chunksOf(items: Iterable<Item>, count: number, lanes: number): Generator<readonly Item[]> {
  let chunk: Item[] = []
  let bytes = 0
  let left = count
  const most = () => Math.min(maxItems, Math.max(1, Math.ceil(left / (2 * lanes))))
  for (const item of items) {
    const more = bytesOfItem(item)
    if (chunk.length > 0 && (chunk.length >= most() || bytes + more > maxBytes)) {
      yield chunk
      left -= chunk.length
      chunk = []
      bytes = 0
    }
    chunk.push(item)
    bytes += more
  }
  if (chunk.length > 0) yield chunk
}
