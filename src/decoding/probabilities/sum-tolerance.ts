/** How far from 1 the probabilities of a pixel may sum: each may have been rounded by half a step of its type. */
export const sumTolerance = (channels: number, step: number): number => Math.max(1e-3, (channels * step) / 2)
