/** The smallest label, that of int32: only signed files hold negative labels. */
export const minLabel = -(2 ** 31)
/** The largest label, that of uint32. */
export const maxLabel = 2 ** 32 - 1

/** Whether a mask can hold this value as a label. */
export const isLabel = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= minLabel && value <= maxLabel
