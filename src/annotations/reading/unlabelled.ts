import { anyObject, type Region } from '../annotated-image.ts'
import type { ReadContext } from './read-context.ts'

/** Regions without a label must not be mixed up with those that have one: they get a name of their own. */
export function nameTheUnlabelled(regions: readonly Region[], { warn }: ReadContext): readonly Region[] {
  const count = regions.filter(({ label }) => label === anyObject).length
  if (count === 0 || count === regions.length) return regions
  warn('UNLABELLED_REGIONS', `${count} of ${regions.length} regions have no label and became "unlabelled".`)
  const label = { kind: 'name', name: 'unlabelled' } as const
  return regions.map((region) => (region.label === anyObject ? { ...region, label } : region))
}
