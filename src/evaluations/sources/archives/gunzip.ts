import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'

/** Deflate reaches 1,032; only what is made to burst comes near it. */
const maxRatio = 1000
const smallBytes = 2 ** 20

/**
 * Inflates a gzip into a file, and counts while it does.
 * @throws Refusal ARCHIVE_TOO_LARGE, UNSAFE_ARCHIVE for what is made to burst, CORRUPT, TRUNCATED
 */
export async function gunzip(source: string, target: string, limits: Limits): Promise<void> {
  const { size } = statSync(source)
  if (size > limits.maxArchiveBytes)
    throw new Refusal(
      'ARCHIVE_TOO_LARGE',
      `The archive has ${size} bytes; the limit is ${limits.maxArchiveBytes} (MASKSCORE_MAX_ARCHIVE_BYTES).`,
    )
  const most = limits.maxExpandedBytes
  let expanded = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      expanded += chunk.length
      if (expanded > most)
        done(
          new Refusal(
            'ARCHIVE_TOO_LARGE',
            `The archive holds more than ${most} bytes (MASKSCORE_MAX_EXPANDED_BYTES).`,
          ),
        )
      else if (expanded > smallBytes && expanded > maxRatio * size)
        done(
          new Refusal(
            'UNSAFE_ARCHIVE',
            `The archive holds more than ${maxRatio} times its size: it is made to burst.`,
          ),
        )
      else done(null, chunk)
    },
  })
  try {
    await pipeline(createReadStream(source), createGunzip(), counted, createWriteStream(target))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (error instanceof Refusal || !code.startsWith('Z_')) throw error
    throw new Refusal(
      code === 'Z_BUF_ERROR' ? 'TRUNCATED' : 'CORRUPT',
      `The gzip cannot be read: ${message}.`,
    )
  }
}
