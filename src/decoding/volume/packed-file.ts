import { Refusal } from '../../problems/refusal.ts'
import { type ByteStream, followedBy } from './byte-stream.ts'
import { inflatedBytes } from './inflated-bytes.ts'

/** A file that is gzipped as a whole, inflated as far as its header may reach. */
export interface PackedFile {
  readonly head: Uint8Array
  /** What follows the header, inflated as it is asked for. */
  behind(start: number): ByteStream
  close(): Promise<void>
}

/**
 * Opens a file whose header is text and which is gzipped as a whole, as a zip packs it.
 * @param maxHeaderBytes how much of it is inflated
 * @throws Refusal TRUNCATED, CORRUPT
 */
export async function openPacked(
  bytes: Uint8Array,
  what: string,
  maxHeaderBytes: number,
): Promise<PackedFile> {
  const stream = inflatedBytes(bytes, 'gzip', what)
  const close = () => stream.close()
  try {
    const head = await stream.take(maxHeaderBytes, new Uint8Array(maxHeaderBytes))
    return { head, behind: (start) => followedBy(head.subarray(start), stream), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Voxels that are compressed once more, or lie at the end, would have to be in memory whole. */
export const refusePackedTwice = (what: string): Refusal =>
  new Refusal(
    'UNSUPPORTED_COMPRESSION',
    `${what} is gzipped or zipped as a whole, and its voxels are compressed by themselves, or are found by counting lines or from the end.`,
  ).advising('Send it alone, uncompressed as a whole, or save it with voxels that are not compressed (raw).')
