import type { ContenderName } from './contenders.ts'

/** How many times the contender's requests a second the service means to answer, at least. */
type Goals = Partial<Record<ContenderName, number>>

const binary: Goals = { 'Pillow + bincount': 5, 'cv2 + runs': 4 }
const classes: Goals = { ...binary, 'skimage + sklearn': 80, 'sharp, decoding only': 3 }
const ids: Goals = { 'Pillow + bincount': 8, 'cv2 + runs': 4 }
const large: Goals = { 'Pillow + bincount': 8, 'cv2 + runs': 5 }
const noise: Goals = { 'its sharp path': 1 }

/** Real masks share the goal of the synthetic ones of their size and depth. */
export const goals: Readonly<Record<string, Goals>> = {
  a: binary,
  'real: horse': binary,
  b: classes,
  'real: bsds': classes,
  c: ids,
  'real: coins': ids,
  'real: em': ids,
  d: large,
  'real: coins4096': large,
  e: noise,
}

/** The slowest hundredth of the answers takes at most so many times the median. */
export const tailGoal = 3.5
