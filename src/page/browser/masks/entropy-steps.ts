/** Where the entropy of votes lies on the ramp: 0 where all agree, else 1 to 255, which is where all differ. */
export function entropySteps(bits: Float64Array, annotators: number): Uint8Array {
  const most = Math.log2(annotators)
  return Uint8Array.from(bits, (one) => (one > 0 ? Math.max(1, Math.round((255 * one) / most)) : 0))
}
