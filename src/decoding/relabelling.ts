import type { LabelArray } from '../labels/label-map.ts'
import type { Relabelling } from './presets.ts'

/** The class of each 16-bit value that packs class and instance; without a relabelling, the values themselves. */
export function classesOf(values: LabelArray, relabelling: Relabelling | undefined): LabelArray {
  if (relabelling === undefined) return values
  const classOf = relabelling === 'high_byte' ? highByte : thousands
  const classes = relabelling === 'high_byte' ? new Uint8Array(values.length) : new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) classes[i] = classOf(values[i])
  return classes
}

const highByte = (value: number) => value >> 8

/** Below 1000 there is no instance, and the value is the class. */
const thousands = (value: number) => (value < 1000 ? value : Math.floor(value / 1000))
