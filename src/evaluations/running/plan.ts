import type { Item } from '../sources/item.ts'
import { bytesOf } from '../sources/reader.ts'

/** Most items that a thread takes at a time. */
const maxItems = 16
/** Most bytes of files that a thread takes at a time; a single item may have more. */
const maxBytes = 64 * 2 ** 20

/** Bytes that are read for an item. */
export const bytesOfItem = ({ groundTruth, prediction }: Item): number =>
  bytesOf(groundTruth) + (prediction ? bytesOf(prediction) : 0)

/** Items in chunks of neighbours, as threads take them. */
export function* chunksOf(items: Iterable<Item>): Generator<readonly Item[]> {
  let chunk: Item[] = []
  let bytes = 0
  for (const item of items) {
    const more = bytesOfItem(item)
    if (chunk.length === maxItems || (chunk.length > 0 && bytes + more > maxBytes)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(item)
    bytes += more
  }
  if (chunk.length > 0) yield chunk
}
