import { ServiceProblem } from '../api/ask.ts'
import type { PairRequest } from '../api/client.ts'
import { noVolume } from '../pair/dropped-files.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import type { Match } from '../pair/pair-source.ts'

/** What shows a pair; the first screen, which has none, does without. */
export const pairParts = () => Promise.all([import('./pair-view.ts'), import('../elements/file-strip.ts')])

/**
 * Has a pair scored while what shows it is loaded. Throws as `loadPair`.
 * @param onSent gets the share of the files that has gone, in [0, 1]
 */
export async function loadPairAndParts(
  request: PairRequest,
  match: Match | undefined,
  signal: AbortSignal,
  onSent: (share: number) => void,
): Promise<LoadedPair> {
  const parts = pairParts()
  // It is awaited last; what is refused before is told first.
  parts.catch(() => undefined)
  if (request.options.stack === 'volume') {
    // The strip of the files is one of them.
    await parts
    throw new ServiceProblem(noVolume.problem, undefined)
  }
  const [{ loadPair }, { sourceOfFiles }] = await Promise.all([
    import('../pair/loaded-pair.ts'),
    import('../pair/source-of-files.ts'),
  ])
  const source = sourceOfFiles(request, onSent)
  const pair = await loadPair(source, match ?? source.usualMatch, signal)
  await parts
  return pair
}
