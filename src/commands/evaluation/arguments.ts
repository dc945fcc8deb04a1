import { parseArgs } from 'node:util'
import { type Check, type DropCheck, parseCheck, parseDropCheck } from '../../evaluations/checks/checks.ts'
import type { DatasetOptions } from '../../evaluations/dataset-options.ts'
import { defaultFormats, type ReportFormat, reportFormats } from '../../evaluations/reports/report-formats.ts'
import type { DatasetRequest } from '../../evaluations/sources/open-dataset.ts'
import { refuseField } from '../../problems/refusal.ts'
import { evaluationOptions } from './evaluation-options.ts'
import { type ProgressStyle, progressStyles } from './show-progress.ts'
import { datasetRequest, sourceFlags } from './source-flags.ts'

const flags = {
  options: { type: 'string' },
  ...sourceFlags,
  out: { type: 'string' },
  format: { type: 'string' },
  resume: { type: 'boolean' },
  images: { type: 'string' },
  compare: { type: 'string' },
  baseline: { type: 'string' },
  check: { type: 'string', multiple: true },
  'max-drop': { type: 'string', multiple: true },
  significant: { type: 'boolean' },
  'on-missing': { type: 'string' },
  'on-broken': { type: 'string' },
  'on-extra': { type: 'string' },
  'allow-failed': { type: 'string' },
  intervals: { type: 'string' },
  replicates: { type: 'string' },
  level: { type: 'string' },
  seed: { type: 'string' },
  worst: { type: 'string' },
  threads: { type: 'string' },
  progress: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Flags that are options of a dataset under the same name, and whether they are numbers. */
const ofDataset = {
  'on-missing': false,
  'on-broken': false,
  'on-extra': false,
  intervals: false,
  replicates: true,
  level: true,
  seed: true,
  worst: true,
} as const

/** What `evaluate` was asked to do. */
export interface EvaluateArguments extends DatasetOptions {
  /** Where the masks are, as it was written. */
  readonly sources: readonly string[]
  readonly request: DatasetRequest
  readonly out?: string
  readonly resume: boolean
  /** Folder of the photos that the worst items are drawn over. */
  readonly images?: string
  readonly formats: readonly ReportFormat[]
  readonly compare?: string
  readonly baseline?: string
  readonly checks: readonly Check[]
  readonly drops: readonly DropCheck[]
  readonly significant: boolean
  /** How many of all items may fail. */
  readonly allowed: (items: number) => number
  readonly threads?: number
  readonly progress: ProgressStyle
  readonly json: boolean
}

/** @throws Refusal MISSING_PART, INVALID_OPTIONS */
export function evaluateArguments(args: readonly string[]): EvaluateArguments {
  const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true })
  const { out, compare, baseline, significant = false } = values
  if (out === undefined && values.format !== undefined) throw invalidFlag('format', 'needs --out')
  if (out === undefined && values.resume) throw invalidFlag('resume', 'needs --out')
  if (out === undefined && values.images !== undefined) throw invalidFlag('images', 'needs --out')
  const drops = (values['max-drop'] ?? []).map(parseDropCheck)
  if (drops.length > 0 && baseline === undefined)
    throw invalidFlag('max-drop', 'needs --baseline, which it compares with')
  if (baseline !== undefined && drops.length === 0)
    throw invalidFlag('baseline', 'needs --max-drop, e.g. --max-drop mean_iou=0.01')
  if (significant && drops.length === 0) throw invalidFlag('significant', 'goes with --max-drop')
  const style = values.progress ?? 'auto'
  const progress = progressStyles.find((name) => name === style)
  if (progress === undefined)
    throw invalidFlag('progress', `is one of ${progressStyles.join(', ')}, not "${style}"`)
  const options = evaluationOptions(values.options, datasetFlags(values))
  return {
    sources: positionals,
    request: datasetRequest(positionals, values, options.scoring),
    ...(out !== undefined && { out }),
    resume: values.resume ?? false,
    ...(values.images !== undefined && { images: values.images }),
    formats: formatsOf(values.format),
    ...(compare !== undefined && { compare }),
    ...(baseline !== undefined && { baseline }),
    checks: (values.check ?? []).map(parseCheck),
    drops,
    significant,
    allowed: allowedFailures(values['allow-failed'] ?? '0'),
    ...(values.threads !== undefined && { threads: threadsOf(values.threads) }),
    progress,
    json: values.json ?? false,
    ...options,
  }
}

export const invalidFlag = (flag: string, why: string) =>
  refuseField('INVALID_OPTIONS', `/${flag.replaceAll('-', '_')}`, `--${flag} ${why}.`)

function datasetFlags(
  values: Readonly<Partial<Record<keyof typeof ofDataset, string>>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(ofDataset).flatMap(([flag, isNumber]) => {
      const value = values[flag as keyof typeof ofDataset]
      if (value === undefined) return []
      return [[flag.replaceAll('-', '_'), isNumber && value.trim() !== '' ? Number(value) : value]]
    }),
  )
}

/** Reads `html,csv`. */
function formatsOf(list: string | undefined): readonly ReportFormat[] {
  if (list === undefined) return defaultFormats
  return list.split(',').map((name) => {
    const format = reportFormats.find((known) => known === name.trim())
    if (format === undefined) throw invalidFlag('format', `takes ${reportFormats.join(', ')}, not "${name}"`)
    return format
  })
}

const maxThreads = 512

function threadsOf(text: string): number {
  const threads = Number(text)
  if (/^\d+$/.test(text) && threads >= 1 && threads <= maxThreads) return threads
  throw invalidFlag('threads', `is a number from 1 to ${maxThreads}, not "${text}"`)
}

/** Reads `3` or `5%`: how many of all items may fail. */
function allowedFailures(text: string): (items: number) => number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const isNone = number === undefined || (percent ? Number(number) > 100 : !/^\d+$/.test(number))
  if (isNone) throw invalidFlag('allow-failed', `is a number of items or a percentage, not "${text}"`)
  return (items) => (percent ? Math.floor((items * Number(number)) / 100) : Number(number))
}
