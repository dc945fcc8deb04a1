import { Refusal } from '../../problems/refusal.ts'

/** Flags of a gzip header: fields that follow it. Source: RFC 1952. */
const flags = { checksum: 2, extra: 4, name: 8, comment: 16 } as const

/** CRC-32 and length, behind the data of each member. */
export const trailerBytes = 8

export const isGzip = (bytes: Uint8Array, at = 0): boolean => bytes[at] === 0x1f && bytes[at + 1] === 0x8b

/**
 * Where the compressed data of a gzip member begins.
 * @param at of the member
 * @throws Refusal TRUNCATED, CORRUPT
 */
export function gzipDataStart(bytes: Uint8Array, at: number, what: string): number {
  const set = bytes[at + 3]
  if (bytes[at + 2] !== 8)
    throw new Refusal('CORRUPT', `${what} is a gzip of method ${bytes[at + 2]}; there is only 8, Deflate.`)
  let start = at + 10
  if (set & flags.extra) start += 2 + bytes[start] + 256 * bytes[start + 1]
  for (const text of [flags.name, flags.comment])
    if (set & text) start = bytes.indexOf(0, start) + 1 || bytes.length
  if (set & flags.checksum) start += 2
  if (!(start < bytes.length)) throw new Refusal('TRUNCATED', `${what} ends within the header of its gzip.`)
  return start
}
