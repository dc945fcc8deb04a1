import { Refusal } from '../../problems/refusal.ts'
import type { ByteStream } from './byte-stream.ts'
import { skipBytes } from './skip-bytes.ts'

/** What is inflated beyond the voxels at most, to reach the checksum behind them. */
const maxSurplus = 16 * 2 ** 20

/**
 * How many bytes lie behind the voxels. Damage inside of compressed data may show by nothing else than such bytes and the
 * checksum at the end, which is reached here.
 * @throws Refusal CORRUPT for a wrong checksum, and where there are so many bytes that it is not reached
 */
export async function surplusBytes(stream: ByteStream, what: string): Promise<number> {
  const skipped = await skipBytes(stream, maxSurplus)
  const { bytes, isOpen } = await stream.rest()
  if (isOpen)
    throw new Refusal(
      'CORRUPT',
      `${what} inflates to more than ${maxSurplus} bytes beyond the voxels that its header declares: its header or its content is damaged.`,
    )
  return skipped + bytes
}
