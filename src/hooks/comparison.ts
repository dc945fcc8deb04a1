import { z } from 'zod'
import type { Warning } from '../labels/decoded-mask.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { Report } from '../scoring/report/report.ts'
import { scoreSchema } from '../scoring/report/value-schemas.ts'
import type { MaskInput } from '../scoring/request/mask-input.ts'
import { parseScoreOptions } from '../scoring/request/parse-options.ts'
import { scorePair } from '../scoring/score.ts'

/** What a hook tells of two masks: the report's figures that fit on a line, and the classes that differ most. */
export const comparisonSchema = z.strictObject({
  mi_loss: scoreSchema,
  mi_loss_split: scoreSchema,
  mi_loss_merge: scoreSchema,
  mean_iou: scoreSchema,
  pixel_accuracy: scoreSchema,
  classes: z
    .array(z.strictObject({ label: z.int(), name: z.string().optional(), iou: z.number() }))
    .describe('The classes with the lowest IoU, lowest first'),
  reasons: z.record(z.string(), z.string()),
  warnings: z.array(z.string()).describe('Codes of the report’s warnings'),
  notes: z.array(z.string()).describe('What the warnings say, as `code: sentence`; at most 10'),
})
export type Comparison = z.output<typeof comparisonSchema>

const maxClasses = 20
const maxNotes = 10

/** The figures of a report of POST /v1/score or POST /v1/table. */
export function comparisonOf({
  mi_loss,
  mi_loss_split,
  mi_loss_merge,
  overlap,
  reasons,
  warnings,
}: Pick<
  Report,
  'mi_loss' | 'mi_loss_split' | 'mi_loss_merge' | 'overlap' | 'reasons' | 'warnings'
>): Comparison {
  const rows = overlap?.per_class.flatMap(({ label, name, iou }) =>
    iou === null ? [] : [{ label, ...(name !== undefined && { name }), iou }],
  )
  return {
    mi_loss,
    mi_loss_split,
    mi_loss_merge,
    mean_iou: overlap?.mean_iou ?? null,
    pixel_accuracy: overlap?.pixel_accuracy ?? null,
    classes: (rows ?? []).sort((a, b) => a.iou - b.iou).slice(0, maxClasses),
    reasons: keptReasons(reasons),
    warnings: [...new Set(warnings.map(({ code }) => code))],
    notes: [...new Set(warnings.map(noteOf))].slice(0, maxNotes),
  }
}

/** A warning on one line. */
const noteOf = ({ code, message }: Warning): string => `${code}: ${message}`.slice(0, 500)

/** Reasons of the figures that are told; the report has many more. */
function keptReasons(reasons: Readonly<Record<string, string>>): Record<string, string> {
  const told = ['/mi_loss', '/overlap/mean_iou', '/overlap/pixel_accuracy']
  return Object.fromEntries(Object.entries(reasons).filter(([pointer]) => told.includes(pointer)))
}

const overlapAlone = parseScoreOptions({ families: ['overlap'] })

/** Scores two masks exactly as POST /v1/score does. */
export async function compare(
  groundTruth: MaskInput,
  prediction: MaskInput,
  context: ScoringContext,
): Promise<Comparison> {
  return comparisonOf((await scorePair({ groundTruth, prediction }, overlapAlone, context)).report)
}
