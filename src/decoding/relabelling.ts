import type { LabelArray } from '../labels/label-map.ts'
import type { Relabelling } from './presets.ts'

/**
 * The class of each 16-bit value that packs class and instance. Files of another type hold classes already and
 * pass unchanged.
 */
export function classesOf(labels: LabelArray, relabelling: Relabelling | undefined): LabelArray {
  if (relabelling === undefined || !(labels instanceof Uint16Array)) return labels
  const classOf = relabelling === 'high_byte' ? highByte : thousands
  const classes = relabelling === 'high_byte' ? new Uint8Array(labels.length) : new Uint16Array(labels.length)
  for (let i = 0; i < labels.length; i++) classes[i] = classOf(labels[i])
  return classes
}

const highByte = (value: number) => value >> 8

/** Below 1000 there is no instance, and the value is the class. */
const thousands = (value: number) => (value < 1000 ? value : Math.floor(value / 1000))
