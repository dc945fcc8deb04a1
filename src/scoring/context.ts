import type { Limits } from '../limits.ts'

/** What a scoring needs to know of the service's settings; the same in every worker. */
export interface ScoringContext {
  readonly limits: Limits
  /** `sharp` switches the label-PNG path off. */
  readonly pngDecoder: 'auto' | 'sharp'
  /** Called between the steps of work that nobody waits for. Lets work that somebody waits for go first. */
  readonly giveWay?: () => void
}
