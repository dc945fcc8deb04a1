import { crc32 } from 'node:zlib'
import type { Random } from '../../bench/images/random.ts'

export interface Mutant {
  readonly how: string
  readonly bytes: Uint8Array
}

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

const below = (random: Random, end: number) => Math.floor(random() * end)

const mutations: Readonly<Record<string, Mutation>> = {
  truncated: (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  flipped: (bytes, random) => {
    const copy = new Uint8Array(bytes)
    for (let i = 1 + below(random, 4); i > 0; i--) copy[below(random, copy.length)] ^= 1 << below(random, 8)
    return copy
  },
  overwritten: (bytes, random) => {
    const copy = new Uint8Array(bytes)
    const at = below(random, copy.length)
    const fill = [0, 255, below(random, 256)][below(random, 3)]
    return copy.fill(fill, at, at + 1 + below(random, 8))
  },
  inserted: (bytes, random) => {
    const at = below(random, bytes.length + 1)
    const extra = Uint8Array.from({ length: 1 + below(random, 16) }, () => below(random, 256))
    return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)])
  },
  deleted: (bytes, random) => {
    const at = below(random, bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 16))])
  },
  repeated: (bytes, random) => {
    const at = below(random, bytes.length)
    const end = at + 1 + below(random, 64)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
  },
  // Aimed at sizes, offsets and counts: one 2- or 4-byte field gets a value that is easily mishandled.
  resized: (bytes, random) => {
    const copy = Buffer.from(bytes)
    const value = [0, 1, 0x7fffffff, 0xffffffff, 0x10000, below(random, 300)][below(random, 6)]
    const at = below(random, Math.min(copy.length - 4, 300))
    if (random() < 0.5) copy.writeUInt32BE(value, at)
    else copy.writeUInt32LE(value, at)
    return copy
  },
}

/** Bytes 16 to 28 of a PNG are its header: the size, depth, colour type and interlacing. */
function forgedHeader(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = new Uint8Array(bytes)
  copy[[19, 23, 24, 25, 28][below(random, 5)]] += 1 + below(random, 12) - 8
  return mended(copy)
}

/**
 * One mutation of the file, chosen by `random`; of a PNG, half of them with checksums mended afterwards, and some
 * with nothing but the header forged.
 */
export function mutate(
  { bytes, format }: { readonly bytes: Uint8Array; readonly format: string },
  random: Random,
): Mutant {
  if (format === 'png' && random() < 0.1) return { how: 'forged header', bytes: forgedHeader(bytes, random) }
  const names = Object.keys(mutations)
  const name = names[below(random, names.length)]
  const mutant = mutations[name](bytes, random)
  if (format !== 'png' || random() < 0.5) return { how: name, bytes: mutant }
  return { how: `${name}, checksums mended`, bytes: mended(mutant) }
}

/** The PNG with the checksum of every whole chunk made right. */
function mended(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  for (let at = 8; at + 12 <= copy.length; ) {
    const end = at + 8 + copy.readUInt32BE(at)
    if (end + 4 > copy.length) break
    copy.writeUInt32BE(crc32(copy.subarray(at + 4, end)), end)
    at = end + 4
  }
  return copy
}
