import { hash } from 'node:crypto'

/** What makes the numbers of a group: the first two words of a hash of its key. */
export interface GroupStream {
  readonly a: number
  readonly b: number
}

/** What the numbers are for: different salts give independent numbers. */
const salts = { bootstrap: 'maskscore bootstrap 1', exchange: 'maskscore exchange 1' } as const
export type StreamKind = keyof typeof salts

/**
 * The source of the pseudo-random numbers of a group: a pure function of kind, seed and key, so that runs that share
 * keys share resamples. The hash is sha256 of `<salt>\0<seed>\0<key>` in UTF-8, the key in NFC, the seed in decimal.
 */
export function groupStream(kind: StreamKind, seed: number, key: string): GroupStream {
  const digest = hash('sha256', `${salts[kind]}\0${seed}\0${key.normalize('NFC')}`, 'buffer')
  return { a: digest.readUInt32LE(0), b: digest.readUInt32LE(4) }
}

/** The r-th number of a stream: an integer from 0 to 2^32 − 1. */
export function numberAt({ a, b }: GroupStream, r: number): number {
  return mix(a ^ mix((b + Math.imul(r, 0x9e3779b9)) | 0)) >>> 0
}

/** The finaliser of MurmurHash3 (A. Appleby): every bit of the input changes every bit of the output. */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
