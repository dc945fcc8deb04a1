import type { ChosenFiles } from './choose-sides.ts'

let waiting: ChosenFiles | undefined

/** Gives two masks to the screen of a pair, and goes there. */
export function handOverPair(groundTruth: File, prediction: File): void {
  waiting = { groundTruth, prediction }
  location.hash = '#/pair'
}

/** What was handed over, once; undefined where there is nothing. */
export function takePair(): ChosenFiles | undefined {
  const taken = waiting
  waiting = undefined
  return taken
}
