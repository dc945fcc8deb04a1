import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { pixelFamilies } from '../../metrics/families.ts'
import { type ScoreOptions, spatialOptionsShape } from '../request/options.ts'

const spatialOptions = z.strictObject(spatialOptionsShape)
const names = spatialOptions.keyof().options
const defaults = spatialOptions.parse({})

/**
 * Whether a scoring has to know where the pixels are, and not only how many there are: for a family or an extra that
 * looks at them, and for every spatial option that is not as by default.
 */
export function needsPixels(options: ScoreOptions): boolean {
  return (
    pixelFamilies.some((family) => options.families.includes(family)) ||
    options.include.includes('segments') ||
    names.some(
      (name) => options[name] !== defaults[name] && !isDeepStrictEqual(options[name], defaults[name]),
    )
  )
}
