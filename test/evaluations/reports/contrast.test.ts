import { describe, expect, it } from 'vitest'
import { style } from '../../../src/evaluations/reports/html/style.ts'

type Rgb = readonly number[]

const [light, dark] = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, text]) => variables(text))
const schemes = [
  ['light', light],
  ['dark', { ...light, ...dark }],
] as const

function variables(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): ([^;]+?)(?= *;| *$)/g)].map(([, name, value]) => [name, value.trim()]),
  )
}

function rgb(colour: string): Rgb {
  const hex = colour.startsWith('#') ? colour.slice(1) : undefined
  if (hex === undefined) return colour.split(' ').map(Number)
  const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? [])
  return digits.map((digit) => Number.parseInt(digit, 16))
}

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour
    .map((channel) => channel / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.each(schemes)('the colours of the page in the %s scheme', (_, colours) => {
  const of = (name: string) => rgb(colours[name])
  const texts = ['ink', 'soft', 'accent', 'good', 'bad', 'warn']
  const grounds = ['paper', 'card']

  it.each(texts.flatMap((text) => grounds.map((ground) => [text, ground])))(
    'let text in %s be read on %s',
    (text, ground) => {
      expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('let notices be read', () => {
    for (const ground of ['warn-soft', 'bad-soft'])
      for (const text of ['ink', 'accent']) expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it('let the shares of the confusion matrix be read at every shade', () => {
    const shades = [
      ...style.matchAll(
        /\.s(\d+) \{ background: rgb\(var\(--shade\) \/ ([\d.]+)\) ?(; color: var\(--shade-ink\))?/g,
      ),
    ]
    expect(shades).toHaveLength(10)
    for (const [, level, alpha, isInverse] of shades) {
      const ground = of('shade').map(
        (channel, k) => channel * Number(alpha) + of('card')[k] * (1 - Number(alpha)),
      )
      expect([level, contrast(of(isInverse ? 'shade-ink' : 'ink'), ground) >= 4.5]).toEqual([level, true])
    }
  })

  it('set bars off from their ground, and their intervals off from the bars', () => {
    for (const fill of ['fill', 'good-fill', 'bad-fill']) {
      expect(contrast(of(fill), of('track'))).toBeGreaterThanOrEqual(2)
      expect(contrast(of('ink'), of(fill))).toBeGreaterThanOrEqual(3)
    }
  })
})
