import type { PairRequest } from '../api/client.ts'
import type { LoadedPair, Match } from '../pair/loaded-pair.ts'

/** What shows a pair; the first screen, which has none, does without. */
export const pairParts = () => Promise.all([import('./pair-view.ts'), import('../elements/file-strip.ts')])

/** Has a pair scored while what shows it is loaded. Throws as `loadPair`. */
export async function loadPairAndParts(
  request: PairRequest,
  match: Match | undefined,
  signal: AbortSignal,
): Promise<LoadedPair> {
  const parts = pairParts()
  // It is awaited last; what is refused before is told first.
  parts.catch(() => undefined)
  const { loadPair, usualMatch } = await import('../pair/loaded-pair.ts')
  const pair = await loadPair(request, match ?? usualMatch(request), signal)
  await parts
  return pair
}
