import type { Limits } from '../limits.ts'

/** What a scoring needs to know of the service's settings; the same in every worker. */
export interface ScoringContext {
  readonly limits: Limits
  /** `sharp` switches the label-PNG path off. */
  readonly pngDecoder: 'auto' | 'sharp'
}
