import { z } from 'zod'

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** The parts of a row that every item has; the whole is described in docs/datasets.md. */
export const itemSchema = z
  .looseObject({
    index: count.describe('Place in the manifest'),
    key: z.string(),
    group: z.string().optional(),
    status: z.enum(['scored', 'failed', 'skipped']),
    scores: z.record(z.string(), z.number().nullable()),
    classes: z
      .array(z.array(z.number()))
      .describe('[label, tp, fp, fn] in pixels, of the classes in either mask'),
    sha256: z.array(z.string().nullable()),
  })
  .meta({ id: 'Item' })

export const itemListSchema = z.strictObject({
  items: z.array(itemSchema),
  total: count.describe('Items that the filters choose'),
  unanswered: count.describe('Items of which `confused` cannot tell, as their joint tables were not kept'),
  sort: z.string(),
  order: z.enum(['worst', 'best', 'ascending', 'descending']),
  first: count
    .nullable()
    .describe('Place of the first of these items among all that are chosen, from 0; null while it goes on'),
  previous: z.string().nullable().describe('`cursor` of the page before; null on the first'),
  next: z.string().nullable().describe('`cursor` of the next page; null on the last'),
})

const text = z.string()

/** What items are chosen and ordered by. */
export const itemParameters = {
  sort: {
    description: '`index`, `key`, a score, or `iou` or `dice` of `class`',
    schema: text,
    example: 'mi_loss',
  },
  order: {
    description: '`worst` (the default for scores), `best`, `ascending` or `descending`',
    schema: z.enum(['worst', 'best', 'ascending', 'descending']),
  },
  status: {
    description: 'Only items of this status',
    schema: z.enum(['scored', 'failed', 'skipped', 'substituted']),
  },
  code: { description: 'Only items with this problem', schema: text, example: 'CORRUPT' },
  group: { description: 'Only items of this group', schema: text },
  class: { description: 'Only items in which either mask holds this class', schema: z.int() },
  below: { description: 'A score and a value below which it is', schema: text, example: 'mean_iou:0.5' },
  between: {
    description: 'A score, its lowest and its highest value',
    schema: text,
    example: 'mi_loss:0.2,0.4',
  },
  key: { description: 'A part of the key', schema: text },
  confused: {
    description: 'Only items in which pixels of the first class were predicted as the second',
    schema: text,
    example: '3,7',
  },
  by: { description: 'A column of the manifest and a value', schema: text, example: 'annotator:ann' },
  limit: { description: 'Items of a page', schema: z.int().min(1).max(1000).default(100) },
  cursor: { description: '`next` or `previous` of another page', schema: text },
  at: {
    description: 'The page that holds the item of this index, in the place of `cursor`',
    schema: z.int().min(0),
  },
} as const
