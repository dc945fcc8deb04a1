import type { Summary } from '../summary/summary.ts'
import { markup } from './escape.ts'
import { figure } from './figure.ts'
import type { ReportInput, ReportText } from './report-input.ts'

/** White text on each of them has a contrast of at least 4.5. */
const colours = {
  name: '#3b4149',
  neutral: '#0b63a5',
  pass: '#1a7f37',
  fail: '#b42318',
  incomplete: '#8a5a00',
}

/** Pixels. Letters of the font are about 6.5 wide at this size; `textLength` makes them fit whatever the font. */
const height = 20
const letter = 6.5
const padding = 8

/**
 * `badge.svg`: the pooled loss, and whether the checks hold, as a picture for a README. An incomplete run says so in
 * place of a colour that praises it.
 */
export function badge({ summary }: ReportInput): ReportText {
  const name = 'mi_loss'
  const { text, colour } = shownValue(summary)
  const [nameWidth, textWidth] = [widthOf(name), widthOf(text)]
  const label = markup(`${name}: ${text}`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${nameWidth + textWidth}" height="${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<clipPath id="round"><rect width="${nameWidth + textWidth}" height="${height}" rx="3"/></clipPath>`,
    `<g clip-path="url(#round)"><rect width="${nameWidth}" height="${height}" fill="${colours.name}"/>`,
    `<rect x="${nameWidth}" width="${textWidth}" height="${height}" fill="${colour}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${words(name, 0)}${words(text, nameWidth)}</g></svg>\n`,
  ]
}

function shownValue({ complete, pooled: { mi_loss }, checks, items }: Summary): {
  readonly text: string
  readonly colour: string
} {
  const value = mi_loss === null ? 'undefined' : figure(mi_loss)
  if (!complete)
    return {
      text: `${value}, ${items.failed + items.skipped} of ${items.total} not scored`,
      colour: colours.incomplete,
    }
  if (checks.length === 0) return { text: value, colour: colours.neutral }
  const failing = checks.filter(({ result }) => result !== 'pass').length
  if (failing === 0) return { text: `${value}, checks pass`, colour: colours.pass }
  return { text: `${value}, ${failing} of ${checks.length} checks fail`, colour: colours.fail }
}

const widthOf = (text: string): number => Math.ceil(text.length * letter) + 2 * padding

const words = (text: string, x: number): string =>
  `<text x="${x + padding}" y="14" textLength="${widthOf(text) - 2 * padding}" lengthAdjust="spacingAndGlyphs">${markup(text)}</text>`
