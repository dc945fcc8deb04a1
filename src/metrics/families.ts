/** Families of scores that a caller can ask for, in the order in which a report lists them. */
export const families = ['information', 'pairs', 'overlap', 'regions', 'instances', 'boundary'] as const

export type ScoreFamily = (typeof families)[number]
