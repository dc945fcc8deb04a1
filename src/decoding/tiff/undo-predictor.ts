import { Refusal } from '../../problems/refusal.ts'

/** Rows as they are stored, one after another. */
interface StoredRows {
  readonly rowBytes: number
  /** Bytes of a sample; there is one sample a pixel. */
  readonly sampleBytes: number
  /** The tag of that name: 1 none, 2 differences of samples, 3 differences of the bytes of floats, plane by plane. */
  readonly predictor: number
  /** Byte order of the file. */
  readonly little: boolean
}

/**
 * Turns stored rows into samples in little-endian order, in place. Source: TIFF 6.0, section 14, and Adobe's TIFF
 * Technical Note 3 for floats.
 * @throws Refusal CORRUPT for a predictor that TIFF does not have
 */
export function undoPredictor(
  bytes: Uint8Array,
  { rowBytes, sampleBytes, predictor, little }: StoredRows,
): void {
  if (predictor < 1 || predictor > 3)
    throw new Refusal('CORRUPT', `The TIFF gives the predictor ${predictor}; there are 1 to 3.`)
  // Of floats, the highest bytes come first in any file.
  if (!little && predictor !== 3)
    for (let at = 0; at < bytes.length; at += sampleBytes) bytes.subarray(at, at + sampleBytes).reverse()
  if (predictor === 1) return
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = bytes.subarray(at, at + rowBytes)
    if (predictor === 2) addUp(row, sampleBytes)
    else joinPlanes(row, sampleBytes)
  }
}

/** Every sample is the one before plus the stored difference, as integers that wrap around. */
function addUp(row: Uint8Array, sampleBytes: number): void {
  for (let at = sampleBytes; at < row.length; at += sampleBytes) {
    let carry = 0
    for (let k = at; k < at + sampleBytes; k++) {
      const sum = row[k] + row[k - sampleBytes] + carry
      row[k] = sum
      carry = sum >> 8
    }
  }
}

function joinPlanes(row: Uint8Array, sampleBytes: number): void {
  for (let k = 1; k < row.length; k++) row[k] += row[k - 1]
  const planes = row.slice()
  const samples = row.length / sampleBytes
  for (let k = 0; k < sampleBytes; k++)
    for (let i = 0; i < samples; i++) row[i * sampleBytes + sampleBytes - 1 - k] = planes[k * samples + i]
}
