/**
 * Which column of the source each column of a resized image shows, rows alike: the one under its centre (the next one
 * when the centre lies on a border), floor((x + 1/2) · source / size). Ascending.
 */
export const nearestSources = (size: number, source: number): Uint32Array =>
  Uint32Array.from({ length: size }, (_, x) => Math.floor(((x + 0.5) * source) / size))
