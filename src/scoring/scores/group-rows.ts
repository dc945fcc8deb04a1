import { renameMap } from '../../labels/rename-map.ts'
import { type BoundaryOptions, boundary, type LabelBoundary } from '../../metrics/boundary/boundary.ts'
import { type ClassRow, type OverlapOptions, overlap } from '../../metrics/overlap/overlap.ts'
import { type ContingencyTable, relabelTable } from '../../metrics/table/contingency-table.ts'
import type { MapPair } from '../pair/kept-pixels.ts'
import type { GroupRow } from '../report/group-row.ts'
import type { TableOptions } from '../request/options.ts'

type Groups = NonNullable<TableOptions['groups']>
/** 1 for the labels of a group, 0 for all others. */
function memberOf(labels: readonly number[]): (label: number) => number {
  const members = new Set(labels)
  return (label) => (members.has(label) ? 1 : 0)
}

/** Each group against all else, its labels taken together. Groups may overlap. */
export const groupOverlaps = (
  table: ContingencyTable,
  groups: Groups,
  options: Pick<OverlapOptions, 'beta' | 'classRates' | 'pixelVolume'>,
): GroupRow<ClassRow>[] =>
  Object.entries(groups).map(([group, labels]) => {
    const inGroup = memberOf(labels)
    const binary = relabelTable(table, inGroup, inGroup)
    const [{ label: _label, name: _name, ...row }] = overlap(binary, {
      ...options,
      classes: [{ label: 1, name: group }],
    }).per_class
    return { group, ...row }
  })

/** Boundary scores of each group, its labels taken together: borders within a group are none. */
export const groupBoundaries = (
  { groundTruth, prediction }: MapPair,
  groups: Groups,
  options: Omit<BoundaryOptions, 'labels'>,
): GroupRow<LabelBoundary>[] =>
  Object.entries(groups).map(([group, labels]) => {
    const inGroup = memberOf(labels)
    const [{ label: _label, ...row }] = boundary(
      renameMap(groundTruth, inGroup),
      renameMap(prediction, inGroup),
      { ...options, labels: [1] },
    ).per_label
    return { group, ...row }
  })
