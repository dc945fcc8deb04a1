import type { Warning } from '../../labels/decoded-mask.ts'
import { reorient } from '../../labels/reorient.ts'
import type { ReadMask } from '../masks/read-masks.ts'
import type { ScoreOptions } from '../request/options.ts'
import { alignMasks, placedMask } from './align-masks.ts'
import { sameSize, sizeMismatch } from './size.ts'

/** A mask, and what it is called. */
export interface NamedMask {
  readonly mask: ReadMask
  readonly name: string
  readonly pointer: string
}

/** All masks with their voxels where those of the first lie. @throws Refusal SIZE_MISMATCH, GEOMETRY_MISMATCH */
export function onOneLattice(
  masks: readonly NamedMask[],
  mode: ScoreOptions['geometry'],
): { readonly masks: readonly ReadMask[]; readonly warnings: readonly Warning[] } {
  const [first] = masks
  const warnings = new Map<string, Warning>()
  const aligned = masks.map(({ mask, ...prediction }) => {
    const names = { groundTruth: first, prediction }
    const { mapping, warnings: own } = alignMasks(placedMask(first.mask), placedMask(mask), mode, names)
    for (const warning of own) warnings.set(warning.message, warning)
    const turned = mapping ? { ...mask, map: reorient(mask.map, mapping) } : mask
    if (!sameSize(first.mask.map, turned.map)) throw sizeMismatch(first.mask.map, turned.map, names)
    return turned
  })
  return { masks: aligned, warnings: [...warnings.values()] }
}
