/** Why the kernels stop at a row; as in `assembly/label-png.ts`. */
export const rows = {
  all: 0,
  needsGroundTruth: 1,
  needsPrediction: 2,
  damaged: 3,
  stageFull: 4,
  pairsRefused: 5,
  paused: 6,
} as const
