/** Families of scores that are computed from counts alone. */
export const tableFamilies = ['information', 'pairs', 'overlap', 'regions', 'instances'] as const

/** Families of probability maps. */
export const mapFamilies = ['soft', 'calibration', 'thresholds'] as const

/** Families that also need to know where the pixels are. */
export const pixelFamilies = ['boundary', 'lesions', 'detection', ...mapFamilies] as const

/** All families that a caller can ask for, in the order in which a report lists them. */
export const families = [...tableFamilies, ...pixelFamilies] as const

export type ScoreFamily = (typeof families)[number]
