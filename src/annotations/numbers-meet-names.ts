import type { Warning } from '../labels/decoded-mask.ts'
import type { Region, RegionLabel } from './annotated-image.ts'

/** Numbers of one document and names of another cannot be matched without somebody saying which is which. */
export function numbersMeetNames(
  regions: readonly Region[],
  labels: ReadonlyMap<RegionLabel, number>,
  names: ReadonlyMap<number, string>,
): Warning[] {
  const bare = regions.find(
    ({ label }) => label.kind === 'category' && !names.has(labels.get(label) as number),
  )
  const named = regions.find(({ label }) => label.kind === 'name')
  if (bare?.label.kind !== 'category' || named?.label.kind !== 'name') return []
  const message = `One annotation numbers its categories (${bare.label.id}), another names them ("${named.label.name}"): they are different labels until \`classes\` says which number is which name.`
  return [{ code: 'NUMBERS_MEET_NAMES', message }]
}
