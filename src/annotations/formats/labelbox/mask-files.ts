import type { ShownPixels } from '../../../decoding/png/shown-pixels.ts'
import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { paintPatch } from '../../painting/patch.ts'
import { readPng } from '../../reading/bitmap.ts'
import type { ReadContext } from '../../reading/read-context.ts'

/**
 * The PNGs that were sent beside a row. The row itself has only their addresses, which are not fetched.
 * A composite mask holds several objects, each in its own colour; another mask is what is not black.
 */
export class MaskFiles {
  readonly #size: ImageSize
  readonly #context: ReadContext
  readonly #pngs: readonly string[]
  readonly #onlyAddress: boolean
  readonly #pixels = new Map<string, ShownPixels>()
  /** The colours of each file that an object has. */
  readonly #claimed = new Map<string, Set<number>>()

  constructor(objects: JsonNode, size: ImageSize, context: ReadContext) {
    this.#size = size
    this.#context = context
    this.#pngs = context.files.names.filter((name) => /\.png$/i.test(name))
    const masks = Array.from(objects.items(), maskOf).filter((mask) => mask.exists)
    this.#onlyAddress = new Set(masks.map((mask) => mask.field('url').value)).size === 1
  }

  /** What paints the mask of an object. */
  async read(object: JsonNode): Promise<(canvas: Canvas) => void> {
    const mask = maskOf(object)
    const name = this.#nameOf(object, mask)
    const pixels = await this.#load(name, mask)
    const colour = mask.field('color_rgb')
    const key = colour.exists ? colourOf(colour) : undefined
    if (key !== undefined) this.#claim(name, key)
    const ends = this.#runs(pixels, key, mask)
    if (ends.length === 0) throw (key === undefined ? mask : colour).refuse(`has no pixel in ${name}`)
    return (canvas) => paintPatch(canvas, { left: 0, top: 0, width: pixels.width, ends })
  }

  /** Tells of colours in a composite mask that no object has. */
  warnOfOthers(): void {
    for (const [name, claimed] of this.#claimed) {
      const pixels = this.#pixels.get(name) as ShownPixels
      const others = new Set<number>()
      for (let at = 0; at < pixels.width * pixels.height; at++) {
        const key = keyAt(pixels, at)
        if (key !== 0 && !claimed.has(key)) others.add(key)
      }
      if (others.size > 0)
        this.#context.warn('REGION_SKIPPED', `${name} has ${others.size} colours that no object has.`)
    }
  }

  #nameOf(object: JsonNode, mask: JsonNode): string {
    if (this.#pngs.length === 0)
      throw mask.refuse(
        'is only an address, which is not fetched: download it with your API key, and send the PNG as the file and this row as the part of the same name with `_json` behind it, or both in a zip',
      )
    if (this.#pngs.length === 1 && this.#onlyAddress) return this.#pngs[0]
    const id = object.field('feature_id').value
    const url = mask.field('url').text()
    const stem = (name: string) => name.slice(name.lastIndexOf('/') + 1, -'.png'.length)
    const found =
      this.#pngs.find((name) => stem(name) === id) ?? this.#pngs.find((name) => url.includes(stem(name)))
    if (found) return found
    throw mask.refuse('is none of the PNGs: name each by the `feature_id` of its object')
  }

  async #load(name: string, mask: JsonNode): Promise<ShownPixels> {
    const known = this.#pixels.get(name)
    if (known) return known
    const pixels = await readPng(await this.#context.files.read(name), mask, this.#context)
    const { width, height } = this.#size
    if (pixels.width !== width || pixels.height !== height)
      throw mask.refuse(
        `has a PNG of ${pixels.width} × ${pixels.height} pixels, but the image is ${width} × ${height}`,
      )
    this.#pixels.set(name, pixels)
    return pixels
  }

  #claim(name: string, key: number): void {
    const claimed = this.#claimed.get(name) ?? new Set()
    this.#claimed.set(name, claimed.add(key))
  }

  #runs(pixels: ShownPixels, key: number | undefined, { pointer }: JsonNode): number[] {
    const { budget } = this.#context
    const total = pixels.width * pixels.height
    budget.work(total, pointer)
    const ends: number[] = []
    let inside = false
    for (let at = 0; at < total; at++) {
      const found = keyAt(pixels, at)
      if ((key === undefined ? found !== 0 : found === key) === inside) continue
      budget.runs(1, pointer)
      ends.push(at)
      inside = !inside
    }
    if (inside) ends.push(total)
    return ends
  }
}

/** The mask of an object: `composite_mask`, or `mask`. */
export const maskOf = (object: JsonNode): JsonNode => object.firstOf('composite_mask', 'mask')

function colourOf(colour: JsonNode): number {
  if (colour.length !== 3) throw colour.refuse('must be [red, green, blue]')
  const key = [0, 1, 2].reduce((sum, at) => 256 * sum + colour.item(at).integer(0, 255), 0)
  if (key === 0) throw colour.refuse('is black, as the background is')
  return key
}

/** R · 65536 + G · 256 + B of a pixel; 0 where it is transparent. */
function keyAt({ channels, data }: ShownPixels, pixel: number): number {
  const at = pixel * channels
  if (channels % 2 === 0 && data[at + channels - 1] === 0) return 0
  if (channels < 3) return data[at] * 0x10101
  return data[at] * 65536 + data[at + 1] * 256 + data[at + 2]
}
