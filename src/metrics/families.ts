/** Families of scores that are computed from counts alone. */
export const tableFamilies = ['information', 'pairs', 'overlap', 'regions', 'instances'] as const

/** Families that also need to know where the pixels are. */
export const pixelFamilies = ['boundary', 'lesions', 'detection'] as const

/** All families that a caller can ask for, in the order in which a report lists them. */
export const families = [...tableFamilies, ...pixelFamilies] as const

export type ScoreFamily = (typeof families)[number]
