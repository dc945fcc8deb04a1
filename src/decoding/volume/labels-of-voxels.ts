import type { LabelArray } from '../../labels/label-map.ts'
import { integralLabels, type StoredNumbers } from '../integral-labels.ts'
import type { ReadSettings } from '../read-options.ts'
import { LabelScale } from './label-scale.ts'
import type { Scaling } from './voxel-layout.ts'

/** Piece by piece, stored numbers → labels. `first` is the number of the first voxel of the piece. */
export type LabelsOf = (values: StoredNumbers, first: number) => LabelArray

/**
 * How the stored numbers of a file become labels.
 * @param nameOf names a voxel by its number, for a message
 * @returns what throws Refusal NEGATIVE_LABEL, NON_INTEGER_LABEL, LABEL_OUT_OF_RANGE
 */
export function labelsOfVoxels(
  scaling: Scaling | undefined,
  settings: Pick<ReadSettings, 'negative' | 'scaling'>,
  nameOf: (voxel: number) => string,
): LabelsOf {
  const { negative } = settings
  const rounds = settings.scaling === 'round'
  const scale =
    settings.scaling === 'raw' || (scaling === undefined && !rounds)
      ? undefined
      : new LabelScale(scaling ?? { slope: 1, intercept: 0 }, rounds, nameOf)
  return (values, first) => {
    const asLabels =
      scale && !(scaling === undefined && isInteger(values)) ? scale.apply(values, first) : values
    if (isNonNegative(asLabels)) return unsigned(asLabels)
    return integralLabels(asLabels, negative, (i) => nameOf(first + i))
  }
}

const isInteger = (values: StoredNumbers): boolean =>
  !(values instanceof Float16Array || values instanceof Float32Array || values instanceof Float64Array)

/** Whether these are small signed integers of which none is negative: told by their sign bits, four bytes at a time. */
function isNonNegative(values: StoredNumbers): values is Int8Array | Int16Array {
  if (!(values instanceof Int8Array || values instanceof Int16Array)) return false
  if (values.byteOffset % 4 !== 0 || values.byteLength % 4 !== 0) return false
  const words = new Int32Array(values.buffer, values.byteOffset, values.byteLength / 4)
  let bits = 0
  for (let i = 0; i < words.length; i++) bits |= words[i]
  return (bits & (values instanceof Int8Array ? 0x80808080 : 0x80008000)) === 0
}

const unsigned = (values: Int8Array | Int16Array): LabelArray =>
  values instanceof Int8Array
    ? new Uint8Array(values.buffer, values.byteOffset, values.length)
    : new Uint16Array(values.buffer, values.byteOffset, values.length)
