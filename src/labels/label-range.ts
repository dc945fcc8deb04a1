/** The least label, as int32 has it: negative labels come from signed files alone. */
export const minLabel = -(2 ** 31)
/** The largest label, as uint32 has it. */
export const maxLabel = 2 ** 32 - 1

/** Whether a mask can hold this value as a label. */
export const isLabel = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= minLabel && value <= maxLabel
