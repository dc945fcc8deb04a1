import type { Random } from '../../../bench/images/random.ts'
import type { Mask } from '../reading/mask.ts'
import type { Document, Thing } from '../reading/side.ts'

/** What a random request draws with. */
export interface Dice {
  chance(share: number): boolean
  pick<T>(values: readonly T[]): T
  /** An integer from `least` to `most`. */
  int(least: number, most: number): number
}

export function diceOf(random: Random): Dice {
  return {
    chance: (share) => random() < share,
    pick: (values) => values[Math.floor(random() * values.length)],
    int: (least, most) => least + Math.floor(random() * (most - least + 1)),
  }
}

export type Grid = Omit<Mask, 'labels'>

/** Whether each pixel is in a random box. */
function box({ width, height, depth }: Grid, dice: Dice): boolean[] {
  const range = (side: number) => {
    const from = dice.int(0, side - 1)
    return { from, to: dice.int(from, Math.min(side - 1, from + Math.ceil(side / 2))) }
  }
  const [x, y, z] = [range(width), range(height), range(depth)]
  const isIn = (value: number, { from, to }: { from: number; to: number }) => value >= from && value <= to
  return Array.from(
    { length: width * height * depth },
    (_, pixel) =>
      isIn(pixel % width, x) &&
      isIn(Math.floor(pixel / width) % height, y) &&
      isIn(Math.floor(pixel / (width * height)), z),
  )
}

/** Boxes of labels on label 0, and some noise. */
export function randomLabels(grid: Grid, labels: readonly number[], dice: Dice): Mask {
  let painted = Array.from({ length: grid.width * grid.height * grid.depth }, () => 0)
  if (dice.chance(0.2)) painted = painted.map(() => dice.pick(labels))
  for (let boxes = dice.int(0, 6); boxes > 0; boxes--) {
    const inside = box(grid, dice)
    const label = dice.pick(labels)
    painted = painted.map((old, pixel) => (inside[pixel] ? label : old))
  }
  return { ...grid, labels: noisy(painted, labels, dice) }
}

const noisy = (values: readonly number[], labels: readonly number[], dice: Dice): number[] => {
  const share = dice.pick([0, 0.05, 0.15])
  return values.map((old) => (dice.chance(share) ? dice.pick(labels) : old))
}

/** A mask that is like another one: noise, some labels exchanged, a box painted over. */
export function likeLabels(mask: Mask, labels: readonly number[], dice: Dice): Mask {
  const [from, to] = [dice.pick(labels), dice.pick(labels)]
  const inside = box(mask, dice)
  const changed = mask.labels.map((label, pixel) => (inside[pixel] ? to : label === from ? to : label))
  return { ...mask, labels: noisy(dice.chance(0.3) ? mask.labels : changed, labels, dice) }
}

/** A document of boxes with holes; some cover others, some are crowds, one may be empty. */
export function randomDocument(grid: Grid, dice: Dice): Document {
  const isPanoptic = dice.chance(0.15)
  const things = Array.from({ length: dice.int(0, 5) }, () => thingOf(box(grid, dice), dice))
  return document(grid, things, isPanoptic, dice)
}

/** A document whose objects are like those of another one: some gone, some doubled, some of another category. */
export function likeDocument(grid: Grid, { things }: Document, dice: Dice): Document {
  const isPanoptic = dice.chance(0.15)
  const like = things.flatMap((thing) => {
    const change = dice.int(0, 9)
    if (change === 0) return []
    if (change === 1) return [thing, thing]
    if (change === 2) return [{ ...thing, category: dice.int(1, 3) }]
    if (change < 6)
      return [{ ...thing, covers: thing.covers.map((covered) => covered !== dice.chance(0.08)) }]
    return [thing]
  })
  const more = dice.chance(0.5) ? [thingOf(box(grid, dice), dice)] : []
  return document(grid, [...like, ...more], isPanoptic, dice)
}

function thingOf(covers: readonly boolean[], dice: Dice): Thing {
  const holes = dice.pick([0, 0, 0.2])
  return {
    category: dice.int(1, 3),
    isCrowd: dice.chance(0.2),
    covers: covers.map((covered) => covered && !dice.chance(holes)),
  }
}

function document(
  { width, height }: Grid,
  things: readonly Thing[],
  isPanoptic: boolean,
  dice: Dice,
): Document {
  const hasAttributes = !isPanoptic && dice.chance(0.3)
  const kept = isPanoptic ? apart(things) : things
  return { kind: 'document', width, height, things: kept, hasAttributes, isPanoptic }
}

/** Things without what later ones cover, and without those of which nothing is left. */
function apart(things: readonly Thing[]): Thing[] {
  return things
    .map((thing, index) => ({
      ...thing,
      covers: thing.covers.map(
        (covered, pixel) => covered && !things.slice(index + 1).some((later) => later.covers[pixel]),
      ),
    }))
    .filter(({ covers }) => covers.includes(true))
}
