import type { Coupling, SoftSums } from '../../metrics/soft/soft-sums.ts'
import { sumPixels } from '../../metrics/soft/sum-pixels.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { MapPair } from './soft-pair.ts'

/** Products of probabilities that a table of two soft maps may take: some seconds. */
const maxProducts = 2 ** 32

/** A pair of maps, added up over its pixels. */
export interface SummedMaps {
  readonly maps: MapPair
  readonly sums: SoftSums
  /** How the two classes of a pixel were drawn together; there is one way only where a side is hard. */
  readonly coupling: Coupling | 'unique'
  /** Why there is no joint table. */
  readonly withoutTable?: 'budget' | 'independent'
}

/**
 * Adds up what the scores of maps are made of.
 * @throws Refusal INVALID_OPTIONS where both sides are soft and `soft.coupling` is not given
 */
export function sumMaps(maps: MapPair, { soft }: Pick<ScoreOptions, 'soft'>): SummedMaps {
  const { pair, isTruthSoft, isPredictionSoft, independent } = maps
  const coupling = isTruthSoft && isPredictionSoft && !independent ? soft.coupling : 'unique'
  if (coupling === undefined) throw needsCoupling()
  const products = pair.keep.length * pair.classes.length ** 2
  const withoutTable = independent
    ? 'independent'
    : isTruthSoft && products > maxProducts
      ? 'budget'
      : undefined
  const used = coupling === 'unique' ? 'product' : coupling
  const sums = sumPixels(pair, withoutTable ? undefined : used)
  return { maps, sums, coupling, ...(withoutTable && { withoutTable }) }
}

function needsCoupling(): Refusal {
  const pointer = '/options/soft/coupling'
  const message =
    'Ground truth and prediction are both probabilities, and how their classes are drawn together decides the loss. "product": independently at each pixel; a soft map is then not at distance 0 from itself. "maximal": as equal as they can be; identical maps have loss 0, and class names count.'
  return new Refusal(
    'INVALID_OPTIONS',
    message,
    [{ pointer, code: 'INVALID_OPTIONS', message }],
    'Set `soft.coupling` to "product" or "maximal".',
  )
}
