import { badge } from './badge.ts'
import { classesCsv } from './csv/classes-csv.ts'
import { itemsCsv } from './csv/items-csv.ts'
import { grandChallengeReport } from './grand-challenge.ts'
import { htmlReport } from './html/html-report.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown/markdown-report.ts'
import { nnunetReport } from './nnunet.ts'
import type { ReportInput, ReportText } from './report-input.ts'

/** Format → the files that it is written into, by name. */
const filesOf = {
  html: { 'report.html': htmlReport },
  md: { 'report.md': markdownReport },
  csv: { 'items.csv': itemsCsv, 'classes.csv': classesCsv },
  junit: { 'junit.xml': junitReport },
  badge: { 'badge.svg': badge },
  nnunet: { 'nnunet.json': nnunetReport },
  'grand-challenge': { 'grand-challenge.json': grandChallengeReport },
} as const satisfies Record<string, Record<string, (report: ReportInput) => ReportText>>

export type ReportFormat = keyof typeof filesOf

/** Every format that `--format` takes. */
export const reportFormats = Object.keys(filesOf) as ReportFormat[]

/** What is written when nobody says which formats. */
export const defaultFormats: readonly ReportFormat[] = ['html', 'md', 'csv', 'junit']

/** The name of every file that a report may be written into. */
export const reportFileNames: readonly string[] = Object.values(filesOf).flatMap((files) =>
  Object.keys(files),
)

const writers: Readonly<Record<string, (report: ReportInput) => ReportText>> = Object.assign(
  {},
  ...Object.values(filesOf),
)

/** The text of one file of `reportFileNames`. */
export function reportText(name: string, report: ReportInput): ReportText {
  if (!Object.hasOwn(writers, name)) throw new Error(`no report is called ${name}`)
  return writers[name](report)
}

/** File name → its text, for each format that is asked for. */
export function reportFiles(
  formats: readonly ReportFormat[],
  report: ReportInput,
): Record<string, ReportText> {
  const files = formats.flatMap((format): [string, (report: ReportInput) => ReportText][] =>
    Object.entries(filesOf[format]),
  )
  return Object.fromEntries(files.map(([name, write]) => [name, write(report)]))
}
