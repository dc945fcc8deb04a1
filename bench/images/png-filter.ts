/** Which filters a writer tries on a row. */
export type Filtering = 'none' | 'sub' | 'adaptive'

type Filter = (row: Uint8Array, above: Uint8Array, step: number, out: Uint8Array) => void

const none: Filter = (row, _above, _step, out) => {
  out.set(row)
}

const sub: Filter = (row, _above, step, out) => {
  for (let i = 0; i < row.length; i++) out[i] = row[i] - (i < step ? 0 : row[i - step])
}

const up: Filter = (row, above, _step, out) => {
  for (let i = 0; i < row.length; i++) out[i] = row[i] - above[i]
}

const paeth: Filter = (row, above, step, out) => {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step]
    const corner = i < step ? 0 : above[i - step]
    const byLeft = Math.abs(above[i] - corner)
    const byAbove = Math.abs(left - corner)
    const byCorner = Math.abs(left + above[i] - 2 * corner)
    const predicted = byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above[i] : corner
    out[i] = row[i] - predicted
  }
}

/** In the order Pillow tries them by default (no Average); a later one must be strictly better. */
const candidates: Record<Filtering, readonly { type: number; apply: Filter }[]> = {
  none: [{ type: 0, apply: none }],
  sub: [{ type: 1, apply: sub }],
  adaptive: [
    { type: 0, apply: none },
    { type: 2, apply: up },
    { type: 1, apply: sub },
    { type: 4, apply: paeth },
  ],
}

/**
 * The filtered scanlines of PNG (each with its filter byte before it). `adaptive` takes for each row the filter with
 * the least sum of absolute differences, the heuristic of libpng and Pillow.
 * `stride`: bytes of a row; `step`: bytes of a pixel.
 */
export function filterRows(
  samples: Uint8Array,
  stride: number,
  step: number,
  filtering: Filtering,
): Uint8Array {
  const rows = samples.length / stride
  const filtered = new Uint8Array(rows * (stride + 1))
  const scratch = new Uint8Array(stride)
  let above: Uint8Array = new Uint8Array(stride)
  for (let y = 0; y < rows; y++) {
    const row = samples.subarray(y * stride, (y + 1) * stride)
    const out = filtered.subarray(y * (stride + 1), (y + 1) * (stride + 1))
    let best = Infinity
    for (const { type, apply } of candidates[filtering]) {
      if (best === 0) break
      apply(row, above, step, scratch)
      const cost = candidates[filtering].length === 1 ? 0 : absoluteSum(scratch)
      if (cost >= best) continue
      best = cost
      out[0] = type
      out.set(scratch, 1)
    }
    above = row
  }
  return filtered
}

function absoluteSum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) sum += bytes[i] < 128 ? bytes[i] : 256 - bytes[i]
  return sum
}
