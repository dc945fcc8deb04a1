import { paintTile, tileSide } from './paint-tile.ts'
import type { TileSource } from './tile-source.ts'
import type { Scale } from './view.ts'

/** Some hundred megabytes of pictures at most. */
const maxTiles = 400

interface Tile {
  readonly picture: CanvasImageSource
  readonly width: number
  readonly height: number
}

/** Tiles of layers, painted when they are first seen. */
export class TileCache {
  readonly #tiles = new Map<string, Tile>()
  readonly #numbers = new WeakMap<TileSource, number>()
  #sources = 0

  /**
   * Draws what can be seen of a layer. Tiles begin and end on whole pixels, so that there are no seams.
   * @param origin where the first pixel of the source lies on the canvas
   */
  draw(
    context: CanvasRenderingContext2D,
    source: TileSource,
    { left, top }: { readonly left: number; readonly top: number },
    scale: Scale,
  ): void {
    const { canvas } = context
    const side = tileSide * scale.grow
    const columns = Math.ceil(source.width / scale.shrink / tileSide)
    const rows = Math.ceil(source.height / scale.shrink / tileSide)
    const first = (start: number) => Math.max(0, Math.floor(-start / side))
    const end = (start: number, room: number, count: number) =>
      Math.min(count, Math.ceil((room - start) / side))
    for (let row = first(top); row < end(top, canvas.height, rows); row++)
      for (let column = first(left); column < end(left, canvas.width, columns); column++) {
        const { picture, width, height } = this.#tile(source, scale.shrink, column, row)
        const [x, y] = [left + column * side, top + row * side]
        context.drawImage(picture, x, y, width * scale.grow, height * scale.grow)
      }
  }

  #tile(source: TileSource, shrink: number, column: number, row: number): Tile {
    const key = `${this.#numberOf(source)}/${shrink}/${column}/${row}`
    const known = this.#tiles.get(key)
    // Put back as the newest.
    this.#tiles.delete(key)
    const tile = known ?? pictureOf(source, shrink, column, row)
    this.#tiles.set(key, tile)
    const [oldest] = this.#tiles.keys()
    if (this.#tiles.size > maxTiles) this.#tiles.delete(oldest)
    return tile
  }

  #numberOf(source: TileSource): number {
    const known = this.#numbers.get(source)
    if (known !== undefined) return known
    this.#numbers.set(source, ++this.#sources)
    return this.#sources
  }
}

function pictureOf(source: TileSource, shrink: number, column: number, row: number): Tile {
  const { bytes, width, height } = paintTile(source, shrink, column, row)
  const picture = document.createElement('canvas')
  picture.width = width
  picture.height = height
  picture.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
  return { picture, width, height }
}
