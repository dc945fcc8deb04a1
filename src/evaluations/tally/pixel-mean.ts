import { ExactSum } from '../../metrics/numbers/exact-sum.ts'

/**
 * The mean of a value over the pixels of many images, of each of which it is known: Σ N·x / Σ N, rounded once. That of one
 * image is its value, to the bit. A commutative monoid: the order of images and merges changes nothing.
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971), for
 * products without rounding.
 */
export class PixelMean {
  readonly #sum = new ExactSum()

  /** An image of so many pixels. */
  add(pixels: number, value: number): void {
    const product = pixels * value
    this.#sum.add(product)
    this.#sum.add(lostInProduct(product, pixels, value))
  }

  merge(other: PixelMean): void {
    this.#sum.merge(other.#sum)
  }

  /** @param pixels of all images, > 0 */
  over(pixels: number): number {
    const sum = this.#sum.value
    const quotient = sum / pixels
    const product = quotient * pixels
    const rest = new ExactSum()
    rest.merge(this.#sum)
    rest.add(-product)
    rest.add(-lostInProduct(product, quotient, pixels))
    return quotient + rest.value / pixels
  }
}

/** a · b − product, exactly, where `product` is the rounded a · b. */
function lostInProduct(product: number, a: number, b: number): number {
  const [highA, lowA] = halves(a)
  const [highB, lowB] = halves(b)
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)
}

/** A number as the sum of two of 26 binary digits each. */
function halves(value: number): [high: number, low: number] {
  const scaled = value * (2 ** 27 + 1)
  const high = scaled - (scaled - value)
  return [high, value - high]
}
