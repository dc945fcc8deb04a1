import { inWordsOfTheForm } from '../dataset/hint-words.ts'
import { showCount } from '../elements/show-number.ts'
import { inside, listIn } from './loose.ts'
import type { Summary } from './run-scores-of.ts'

/** What is not as it should be: images without a score, files that met nothing, warnings. */
export interface RunNote {
  readonly code: string
  readonly message: string
}

const shownKeys = 5

export function runNotes(summary: Summary): RunNote[] {
  const warnings = listIn(summary, 'warnings') as readonly { code: string; items: number; message: string }[]
  return [
    ...itemNotes(summary),
    ...unmatched(summary, 'missing', 'MISSING', 'Ground truths without a prediction'),
    ...unmatched(summary, 'extra', 'EXTRA', 'Predictions without a ground truth, which were not scored'),
    ...unmatched(summary, 'ambiguous', 'AMBIGUOUS', 'Names that several files have'),
    ...unmatched(summary, 'unreadable', 'UNREADABLE', 'Files that cannot be read'),
    ...warnings.map(({ code, items, message }) => ({
      code,
      message: items > 1 ? `${showCount(items)} images: ${message}` : message,
    })),
    ...withheld(summary),
    ...listIn(summary, 'matching', 'hints').map((hint) => ({
      code: 'HINT',
      message: inWordsOfTheForm(String(hint)),
    })),
  ]
}

function itemNotes({ items }: Summary): RunNote[] {
  const { total, failed, skipped, substituted } = items
  const notes: readonly (readonly [count: number, code: string, what: string])[] = [
    [failed, 'FAILED', 'failed; the scores are of the others'],
    [skipped, 'SKIPPED', 'were left out; the scores are of the others'],
    [substituted, 'SCORED_AS_EMPTY', 'have no readable prediction and were scored as if it were empty'],
  ]
  return notes.flatMap(([count, code, what]) =>
    count === 0 ? [] : [{ code, message: `${showCount(count)} of ${showCount(total)} images ${what}.` }],
  )
}

function withheld(summary: Summary): RunNote[] {
  const reason = inside(summary, 'withheld', 'reason')
  if (typeof reason !== 'string') return []
  const checks = listIn(summary, 'withheld', 'checks')
  return [
    {
      code: 'WITHHELD',
      message: checks.length > 0 ? `${reason} So are the checks ${checks.join(', ')}.` : reason,
    },
  ]
}

function unmatched(summary: Summary, list: string, code: string, what: string): RunNote[] {
  const entries = listIn(summary, 'matching', list)
  if (entries.length === 0) return []
  const names = entries
    .slice(0, shownKeys)
    .map((entry) => String(inside(entry, 'key') ?? inside(entry, 'path') ?? entry))
  const more = entries.length > shownKeys ? `, and ${showCount(entries.length - shownKeys)} more` : ''
  return [{ code, message: `${what}: ${names.join(', ')}${more}.` }]
}
