import { html } from 'lit'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import type { Look } from '../pair/look.ts'
import type { Match } from '../pair/pair-source.ts'

/** A pair, and what lies around it on its screen. */
interface SeenPair {
  readonly pair: LoadedPair
  readonly photo: ImageBitmap | undefined
  /** The photo as it was chosen. */
  readonly photoFile?: File | undefined
  /** Warnings of the page itself. */
  readonly notes: readonly { readonly code: string; readonly message: string }[]
  readonly link: () => string
  readonly isLoading: boolean
  /** Whether it is that of before. */
  readonly isStale: boolean
}

/**
 * A pair as it is looked at; the module of its element comes with the first pair.
 * @param rematch has its labels matched otherwise
 */
export const seenPair = (
  { pair, photo, photoFile, notes, link, isLoading, isStale }: SeenPair,
  look: Look,
  rematch: (match: Match) => void,
) =>
  html`<pair-view class=${isStale ? 'stale' : ''} aria-busy=${isLoading} .pair=${pair} .photo=${photo} .photoFile=${photoFile} .layer=${look.layer} .firstView=${look.view} .link=${link} .notes=${notes}
    @layer=${look.takeLayer} @view=${look.takeView} @match=${({ detail }: CustomEvent<Match>) => rematch(detail)}></pair-view>`
