import type { Limits } from '../limits.ts'
import { refuseField } from '../problems/refusal.ts'

/** How often every pixel of the largest image may be painted over before an annotation is refused. */
const maxCoats = 16

/**
 * What one annotation may cost, counted while it is read and painted. Its size bounds none of this by itself:
 * a hundred bytes can ask for a thousand coats of paint.
 */
export class Budget {
  readonly #limits: Limits
  #regions = 0
  #vertices = 0
  #runs = 0
  #work = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  regions(count: number, pointer: string): void {
    this.#regions += count
    check(this.#regions, this.#limits.maxRegions, 'regions', pointer)
  }

  vertices(count: number, pointer: string): void {
    this.#vertices += count
    check(this.#vertices, this.#limits.maxVertices, 'polygon vertices', pointer)
  }

  /** Refuses what a text will hold before it is taken apart; it is counted when it is read. */
  expect(kind: 'vertices' | 'runs', count: number, pointer: string): void {
    if (kind === 'vertices')
      check(this.#vertices + count, this.#limits.maxVertices, 'polygon vertices', pointer)
    else check(this.#runs + count, this.#limits.maxRuns, 'runs', pointer)
  }

  /** Run lengths, and the places where outlines cross rows or columns, which become runs. */
  runs(count: number, pointer: string): void {
    this.#runs += count
    check(this.#runs, this.#limits.maxRuns, 'runs', pointer)
  }

  /** Pixels painted, decoded or walked along an outline. */
  work(pixels: number, pointer: string): void {
    this.#work += pixels
    if (this.#work > maxCoats * this.#limits.maxPixels)
      check(
        this.#work,
        maxCoats * this.#limits.maxPixels,
        'pixels to paint, one region over another',
        pointer,
      )
  }
}

function check(count: number, max: number, what: string, pointer: string): void {
  if (count > max)
    throw refuseField('INPUT_TOO_LARGE', pointer, `The annotation has more than ${max} ${what}.`)
}
