import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import { inflatedSize } from '../inflated-size.ts'
import { trailingData } from '../trailing-data.ts'
import type { ScannedPng } from './scan.ts'

/**
 * Checks that the compressed stream inflates to exactly the rows the header promises. libpng ignores what comes
 * after the last row, so a header with a forged, smaller height would pass it.
 * @throws Refusal CORRUPT
 */
export async function checkStream(
  bytes: Uint8Array,
  { header, idat, streamBytes }: ScannedPng,
): Promise<readonly Warning[]> {
  const pieces = idat.map(({ start, end }) => bytes.subarray(start, end))
  const { inflated, consumed } = await inflatedSize(pieces, streamBytes, 'The compressed stream of the PNG')
  const size = `${header.width} x ${header.height}`
  if (inflated > streamBytes)
    throw new Refusal('CORRUPT', `The PNG holds more rows than its header's size, ${size}, has room for.`)
  if (inflated < streamBytes)
    throw new Refusal(
      'CORRUPT',
      `The rows of the PNG end after ${inflated} of the ${streamBytes} bytes that ${size} needs.`,
    )
  return unusedStream(idat.reduce((sum, { start, end }) => sum + end - start, 0) - consumed)
}

/** The warning about compressed bytes that lie behind the last row. */
export function unusedStream(bytes: number): readonly Warning[] {
  return trailingData(bytes, 'the compressed rows')
}
