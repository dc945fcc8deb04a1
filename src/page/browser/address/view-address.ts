import { isLayer, type Layer } from '../masks/layers.ts'
import { nearestZoom } from '../masks/view.ts'

/** What an address says of how masks are looked at. */
export interface ViewAddress {
  readonly layer: Layer
  readonly match: 'names' | 'shapes' | undefined
  /** Screen pixels a mask pixel; undefined: all of it. */
  readonly zoom: number | undefined
  /** The pixel in the middle. */
  readonly centre: readonly [x: number, y: number] | undefined
}

/** `layer=loss&match=names&z=8&x=70&y=30` → what it says; what it gets wrong is as by default. */
export function readView(query: URLSearchParams): ViewAddress {
  const number = (name: string) => {
    const value = Number(query.get(name) ?? Number.NaN)
    return Number.isFinite(value) ? value : undefined
  }
  const [layer, match, x, y] = [query.get('layer'), query.get('match'), number('x'), number('y')]
  const zoom = number('z')
  return {
    layer: isLayer(layer) ? layer : 'difference',
    match: match === 'names' || match === 'shapes' ? match : undefined,
    zoom: zoom !== undefined && zoom > 0 ? nearestZoom(zoom) : undefined,
    centre: x !== undefined && y !== undefined ? [x, y] : undefined,
  }
}

/** Adds to a query how masks are looked at. Places are told to a tenth of a pixel. */
export function writeView(query: URLSearchParams, { layer, match, zoom, centre }: ViewAddress): void {
  query.set('layer', layer)
  if (match) query.set('match', match)
  if (zoom === undefined || !centre) return
  query.set('z', String(zoom))
  for (const [at, name] of ['x', 'y'].entries()) query.set(name, String(Math.round(centre[at] * 10) / 10))
}
