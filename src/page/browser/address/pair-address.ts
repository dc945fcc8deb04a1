import { readView, type ViewAddress, writeView } from './view-address.ts'

/** What an address says of the pair: how it is looked at, and which files it was. */
export interface PairAddress extends ViewAddress {
  readonly options: Readonly<Record<string, unknown>>
  /** Options that were written, and are none that can be read. */
  readonly hasBadOptions: boolean
  /** First digits of the files' sha256. */
  readonly groundTruth: string | undefined
  readonly prediction: string | undefined
  readonly isExample: boolean
}

/** `#/pair?layer=loss&z=8&x=70&y=30&o={…}&gt=6aae9ca3&pr=ba1c9415` → what it says; what it gets wrong is as by default. */
export function readPairAddress(hash: string): PairAddress {
  const query = new URLSearchParams(hash.split('?')[1] ?? '')
  const options = optionsIn(query.get('o') ?? '{}')
  return {
    ...readView(query),
    options: options ?? {},
    hasBadOptions: options === undefined,
    groundTruth: digestIn(query.get('gt')),
    prediction: digestIn(query.get('pr')),
    isExample: query.get('example') === '1',
  }
}

export function writePairAddress(address: Omit<PairAddress, 'hasBadOptions'>): string {
  const query = new URLSearchParams()
  writeView(query, address)
  if (Object.keys(address.options).length > 0) query.set('o', JSON.stringify(address.options))
  if (address.isExample) query.set('example', '1')
  if (address.groundTruth) query.set('gt', address.groundTruth)
  if (address.prediction) query.set('pr', address.prediction)
  return `#/pair?${query}`
}

function optionsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

const digestIn = (text: string | null): string | undefined =>
  text && /^[0-9a-f]{8,64}$/.test(text) ? text.slice(0, 8) : undefined
