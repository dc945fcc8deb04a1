import type { ChosenFiles } from './choose-sides.ts'
import type { Options } from './remedies.ts'

/** Two masks, and how they are read. */
interface HandedPair {
  readonly files: ChosenFiles
  readonly options: Options
}

let waiting: HandedPair | undefined

/** Gives two masks to the screen of a pair, and goes there. */
export function handOverPair(handed: HandedPair): void {
  waiting = handed
  location.hash = '#/pair'
}

/** What was handed over, once; undefined where there is nothing. */
export function takePair(): HandedPair | undefined {
  const taken = waiting
  waiting = undefined
  return taken
}
