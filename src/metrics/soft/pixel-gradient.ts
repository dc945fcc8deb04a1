import type { SoftPair } from './soft-pair.ts'

/** What the derivatives are by: the probabilities, or the logits of a softmax that they come from. */
export type GradientOf = 'probabilities' | 'softmax'

/** Takes the derivatives of some pixels: that of class c of pixel `from` + i is at c · stride + i; q lies alike. */
export type TakeGradient = (block: {
  readonly from: number
  readonly count: number
  readonly stride: number
  readonly gradient: Float64Array
  readonly q: Float64Array
}) => void

const stride = 1024

/**
 * The gradient of the loss by the predicted probabilities of every pixel, from that by the joint table (`lossGradient`):
 *
 *     ∂L/∂q_i(y) = (1/T) Σ_x p_i(x) ∂L/∂P(x,y)            T: sum of the table before it is divided by its total
 *     ∂L/∂z_i(k) = q_i(k) (g_i(k) − Σ_y q_i(y) g_i(y))    of logits z with q = softmax z, g = ∂L/∂q
 *
 * Corner cases: 0 at pixels that are not counted; without a gradient by the table (a single class) 0 everywhere.
 * Source: derived here; checked against central differences.
 */
export function pixelGradient(
  pair: SoftPair,
  table: Float64Array | undefined,
  total: number,
  of: GradientOf,
  take: TakeGradient,
): void {
  const { classes, keep, groundTruth, prediction } = pair
  const size = classes.length
  const indexOf = new Map(classes.map((label, index) => [label, index]))
  const [gradient, p, q] = [0, 1, 2].map(() => new Float64Array(size * stride))
  const readInto = (side: typeof prediction, from: number, to: number, out: Float64Array) => {
    if (side.kind === 'map') {
      for (let c = 0; c < size; c++) side.read(c, from, to, out, c * stride)
      return
    }
    out.fill(0)
    for (let i = from; i < to; i++) {
      const index = indexOf.get(side.labels[i])
      if (index !== undefined) out[index * stride + i - from] = 1
    }
  }
  for (let from = 0; from < keep.length; from += stride) {
    const to = Math.min(from + stride, keep.length)
    const count = to - from
    gradient.fill(0)
    readInto(groundTruth, from, to, p)
    readInto(prediction, from, to, q)
    if (table)
      for (let x = 0; x < size; x++)
        for (let i = 0; i < count; i++) {
          const share = keep[from + i] === 1 ? p[x * stride + i] / total : 0
          if (share > 0)
            for (let y = 0; y < size; y++) gradient[y * stride + i] += share * table[x * size + y]
        }
    if (of === 'softmax') throughSoftmax(gradient, q, size, count)
    take({ from, count, stride, gradient, q })
  }
}

function throughSoftmax(gradient: Float64Array, q: Float64Array, size: number, count: number): void {
  for (let i = 0; i < count; i++) {
    let mean = 0
    for (let at = i; at < size * stride; at += stride) mean += q[at] * gradient[at]
    for (let at = i; at < size * stride; at += stride) gradient[at] = q[at] * (gradient[at] - mean)
  }
}
