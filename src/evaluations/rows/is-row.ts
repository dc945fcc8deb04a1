import type { ItemContents, ItemRow } from './item-row.ts'

const statuses: readonly unknown[] = ['scored', 'failed', 'skipped'] satisfies ItemRow['status'][]

/** Whether a value that was read from a file has the shape of a row; what its numbers say is not asked. */
export function isRow(value: unknown): value is ItemRow {
  if (!isObject(value)) return false
  const row: Partial<ItemRow> = value
  return (
    Number.isInteger(row.index) &&
    typeof row.key === 'string' &&
    statuses.includes(row.status) &&
    isContents(row) &&
    (row.as_empty === undefined || isContents(row.as_empty)) &&
    Array.isArray(row.warnings) &&
    Array.isArray(row.sha256)
  )
}

function isContents(contents: Partial<ItemContents>): boolean {
  if (!isObject(contents)) return false
  const { pixels, scores, reasons, classes, other_labels, panoptic, thresholds, joint, detection, maps } =
    contents
  return (
    isObject(pixels) &&
    typeof pixels.counted === 'number' &&
    isObject(scores) &&
    isObject(reasons) &&
    isTable(classes) &&
    [
      other_labels,
      panoptic,
      thresholds,
      joint,
      detection?.categories,
      maps?.soft?.classes,
      maps?.bins,
      maps?.steps,
    ].every((list) => list === undefined || isTable(list))
  )
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isTable = (value: unknown): boolean => Array.isArray(value) && value.every(Array.isArray)
