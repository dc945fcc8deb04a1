import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { pixelFamilies } from '../../metrics/families.ts'
import { type ScoreOptions, spatialOptionsShape } from '../request/options.ts'

const spatialOptions = z.strictObject(spatialOptionsShape)
const names = spatialOptions.keyof().options
const defaults = spatialOptions.parse({})

/** The pairs of a dataset have one object of options. */
const known = new WeakMap<ScoreOptions, boolean>()

/**
 * Whether a scoring has to know where the pixels are, and not only how many there are: for a family or an extra that
 * looks at them, and for every spatial option that is not as by default.
 */
export function needsPixels(options: ScoreOptions): boolean {
  const remembered = known.get(options)
  if (remembered !== undefined) return remembered
  const needed = areNeeded(options)
  known.set(options, needed)
  return needed
}

function areNeeded(options: ScoreOptions): boolean {
  return (
    pixelFamilies.some((family) => options.families.includes(family)) ||
    options.include.includes('segments') ||
    names.some(
      (name) => options[name] !== defaults[name] && !isDeepStrictEqual(options[name], defaults[name]),
    )
  )
}
