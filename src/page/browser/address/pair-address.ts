import { isLayer, type Layer } from '../masks/layers.ts'

/** What an address says of the pair: how it is looked at, and which files it was. */
export interface PairAddress {
  readonly layer: Layer
  readonly match: 'names' | 'shapes' | undefined
  /** Screen pixels a mask pixel; undefined: all of it. */
  readonly zoom: number | undefined
  /** The pixel in the middle. */
  readonly centre: readonly [x: number, y: number] | undefined
  readonly options: Readonly<Record<string, unknown>>
  /** First digits of the files' sha256. */
  readonly groundTruth: string | undefined
  readonly prediction: string | undefined
  readonly isExample: boolean
}

/** `#/pair?layer=loss&z=8&x=70&y=30&o={…}&gt=6aae9ca3&pr=ba1c9415` → what it says; what it gets wrong is as by default. */
export function readPairAddress(hash: string): PairAddress {
  const query = new URLSearchParams(hash.split('?')[1] ?? '')
  const number = (name: string) => {
    const value = Number(query.get(name) ?? Number.NaN)
    return Number.isFinite(value) ? value : undefined
  }
  const [layer, match, x, y] = [query.get('layer'), query.get('match'), number('x'), number('y')]
  return {
    layer: isLayer(layer) ? layer : 'difference',
    match: match === 'names' || match === 'shapes' ? match : undefined,
    zoom: number('z'),
    centre: x !== undefined && y !== undefined ? [x, y] : undefined,
    options: optionsIn(query.get('o')),
    groundTruth: digestIn(query.get('gt')),
    prediction: digestIn(query.get('pr')),
    isExample: query.get('example') === '1',
  }
}

export function writePairAddress(address: PairAddress): string {
  const query = new URLSearchParams({ layer: address.layer })
  if (address.match) query.set('match', address.match)
  if (address.zoom !== undefined && address.centre) {
    query.set('z', String(address.zoom))
    query.set('x', String(address.centre[0]))
    query.set('y', String(address.centre[1]))
  }
  if (Object.keys(address.options).length > 0) query.set('o', JSON.stringify(address.options))
  if (address.isExample) query.set('example', '1')
  if (address.groundTruth) query.set('gt', address.groundTruth)
  if (address.prediction) query.set('pr', address.prediction)
  return `#/pair?${query}`
}

function optionsIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

const digestIn = (text: string | null): string | undefined =>
  text && /^[0-9a-f]{8,64}$/.test(text) ? text.slice(0, 8) : undefined
