import { Stream } from './stream'

/**
 * Lists the blocks of 16 bytes that are not all 0 in the filtered row at `rowAt`, as 16-bit numbers from 0 on at
 * `stream.blocks`. Returns the list's end. Bytes past the row, in its last block, count as 0.
 *
 * Nearly all filtered bytes of a mask are 0, so what is done to the listed blocks alone is nearly free.
 */
export function listBlocks(stream: Stream): usize {
  const from = stream.rowAt + 1
  const bytes = stream.rowBytes
  const inBlocks = bytes & ~15
  let list = stream.blocks
  let at: usize = 0
  // No branch: masks have enough of both kinds to make it guess wrong.
  for (; at + 64 <= inBlocks; at += 64) {
    const address = from + at
    const block = <u32>(at >> 4)
    store<u16>(list, <u16>block)
    list += <usize>v128.any_true(v128.load(address)) << 1
    store<u16>(list, <u16>(block + 1))
    list += <usize>v128.any_true(v128.load(address, 16)) << 1
    store<u16>(list, <u16>(block + 2))
    list += <usize>v128.any_true(v128.load(address, 32)) << 1
    store<u16>(list, <u16>(block + 3))
    list += <usize>v128.any_true(v128.load(address, 48)) << 1
  }
  for (; at < inBlocks; at += 16) {
    store<u16>(list, <u16>(at >> 4))
    list += <usize>v128.any_true(v128.load(from + at)) << 1
  }
  let last: u32 = 0
  for (; at < bytes; at++) last |= load<u8>(from + at)
  if (last != 0) {
    store<u16>(list, <u16>(inBlocks >> 4))
    list += 2
  }
  return list
}
