import type { Items } from '../sources/item.ts'
import { bytesOfItem } from './plan.ts'

/** Milliseconds that a shard is aimed at: long beside what delivering it costs, short beside what is lost with a process. */
const aimMs = 1000
/** What scoring an item costs one thread, roughly: so much for any, and so much for each byte of its files. */
const msOfItem = 0.4
const msOfByte = 0.00002
const smallest = 16
const largest = 1000

/** How many neighbouring items make a shard: 16 to 1,000, by the mean size of their files. */
export function itemsOfShard(items: Items): number {
  let bytes = 0
  for (const item of items) bytes += bytesOfItem(item)
  const ms = msOfItem + (msOfByte * bytes) / Math.max(1, items.length)
  return Math.min(largest, Math.max(smallest, Math.floor(aimMs / ms)))
}
