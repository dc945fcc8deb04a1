import { readFormats } from '../decoding/mask-formats.ts'
import { visible } from '../evaluations/reports/escape.ts'
import type { Inspection } from '../scoring/inspect.ts'

const shownRows = 20
const barWidth = 24

/** What was seen in a mask as a person reads it in a terminal: the file, its largest labels, what to mind. */
export function inspectionTable(inspection: Inspection): string {
  const pixels = inspection.width * inspection.height * (inspection.depth ?? 1)
  const largest = inspection.histogram.toSorted(([a, n], [b, m]) => m - n || a - b)
  const more = inspection.labels - Math.min(inspection.labels, shownRows)
  return [
    `format         ${inspection.format}`,
    `encoding       ${inspection.encoding}${meaning(inspection.encoding)}`,
    `size           ${inspection.width}×${inspection.height}${inspection.depth ? `×${inspection.depth}` : ''}, ${grouped(pixels)} pixels`,
    `labels         ${grouped(inspection.labels)}, from ${inspection.min} to ${inspection.max}`,
    `labels_sha256  ${inspection.labels_sha256}`,
    '',
    `${'label'.padStart(11)}  ${'pixels'.padStart(13)}  ${'share'.padStart(9)}`,
    ...largest.slice(0, shownRows).map((row) => labelRow(row, pixels, inspection.names?.[row[0]])),
    ...(more > 0 ? [`… and ${grouped(more)} smaller ${more === 1 ? 'one' : 'ones'}; --json lists them`] : []),
    ...section(
      'warnings',
      inspection.warnings.map(({ code, message }) => `${code}: ${message}`),
    ),
    ...section('hints', inspection.hints),
  ]
    .map(visible)
    .join('\n')
}

/** The end of an encoding, and what it says the label is. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/palette-index\d+$/, 'the index is the label'],
  [/palette-value\d+$/, "the grey of the index's colour is the label"],
  [/-expanded$/, 'the grey value 0..255 is the label'],
  [/:r=g=b$/, 'three equal channels, one of which is the label'],
  [/:r\+256g\+65536b$/, 'the colour as a number is the label'],
  [/(:|-)(map|voc)\d*$/, 'the colour stands for the label'],
  [/:floor\(r\/10\)\*256\+g$/, 'the class of an ADE20K colour is the label'],
  [new RegExp(`^(${readFormats.join('|')})-[a-z]+\\d*$`), 'the stored value is the label'],
]

function meaning(encoding: string): string {
  const found = meanings.find(([end]) => end.test(encoding))
  return found === undefined ? '' : ` (${found[1]})`
}

function labelRow([label, n]: readonly [number, number], pixels: number, name: string | undefined): string {
  const share = `${((100 * n) / pixels).toFixed(3)} %`
  const bar = '█'.repeat(Math.round((barWidth * n) / pixels))
  const cells = [String(label).padStart(11), grouped(n).padStart(13), share.padStart(9), bar.padEnd(barWidth)]
  return [...cells, name ?? ''].join('  ').trimEnd()
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

const grouped = (n: number) => n.toLocaleString('en-US')
