import { join } from 'node:path'
import type { ScoringContext } from '../../scoring/context.ts'
import type { DataPerformer, Result } from '../../tasks/performer.ts'
import { readKept } from '../running/kept-json.ts'
import { type ComparedItems, comparedItems, scatterOf, worseFirst } from './compared-items.ts'
import { histogramOf } from './histogram.ts'
import { comparedRows, type LineFormat, listedRows, rowLines } from './item-answers.ts'
import { type ItemPhoto, photoOfItem } from './item-photo.ts'
import { type ItemPlanes, planesOfItem } from './item-planes.ts'
import type { ItemQuery } from './item-query.ts'
import { itemView } from './item-view.ts'
import { type RowsFile, rowOf, rowsSoFar } from './rows-so-far.ts'
import { type ItemPicture, type ItemReport, pictureOfItem, reportOfItem } from './scored-again.ts'
import { listedRow, wholeRow } from './shown-row.ts'
import { withColumns } from './with-columns.ts'
import { type ColumnsRequest, confusionName, writeItemColumns } from './write-item-columns.ts'
import { mistakenObjectsIn, type ReportRequest, writeReport } from './write-report.ts'

/** A score of every item of two runs. */
export interface ComparedScore {
  /** Folders of the runs. */
  readonly a: string
  readonly b: string
  readonly score: string
  /** Where the score is that of a class. */
  readonly label?: number
}

/** What each call is given. `page` is answered beside the items as it is. */
export interface ItemTasks {
  readonly item_columns: ColumnsRequest
  readonly item_view: { readonly folder: string; readonly query: ItemQuery }
  readonly item_page: { readonly folder: string; readonly items: Uint32Array; readonly page: object }
  readonly item_lines: {
    readonly folder: string
    readonly items: Uint32Array
    readonly format: LineFormat
    readonly isFirst: boolean
  }
  readonly items_so_far: {
    readonly files: readonly RowsFile[]
    readonly from: number
    readonly limit: number
  }
  /** One row, whole. */
  readonly item_row: { readonly files: readonly RowsFile[]; readonly index: number }
  readonly item_picture: ItemPicture
  readonly item_report: ItemReport
  readonly item_labels: ItemPlanes
  readonly item_photo: ItemPhoto
  readonly run_report: ReportRequest
  readonly mistaken_objects: { readonly files: readonly RowsFile[] }
  readonly item_histogram: {
    readonly folder: string
    readonly score: string
    readonly bins: number
    readonly label?: number
  }
  readonly item_confusion: { readonly folder: string }
  readonly compared_view: ComparedScore
  readonly compared_page: ComparedScore & { readonly items: Uint32Array; readonly page: object }
  readonly scatter: ComparedScore
}

const answer = (value: unknown, facts: Result['facts'] = {}): Result => ({ value, times: {}, facts })
const numbers = (values: Uint32Array, facts: Result['facts'] = {}): Result => ({
  ...answer(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), facts),
  contentType: 'application/octet-stream',
})

/** A performer whose task this process made: it is what its call is given. */
const given =
  <Call extends keyof ItemTasks>(
    _call: Call,
    work: (task: ItemTasks[Call], context: ScoringContext) => Result | Promise<Result>,
  ): DataPerformer<ScoringContext> =>
  async (value, context) =>
    work(value as ItemTasks[Call], context)

/** What worker threads do for lists of items: they alone read columns and rows. */
export const itemPerformers = {
  item_columns: given('item_columns', async (task) => {
    await writeItemColumns(task)
    return answer({})
  }),
  item_view: given('item_view', ({ folder, query }) =>
    withColumns(folder, (file) => {
      const { items, unanswered } = itemView(folder, file, query)
      return numbers(items, { unanswered })
    }),
  ),
  item_page: given('item_page', ({ page, ...chosen }) => answer({ items: listedRows(chosen), ...page })),
  item_lines: given('item_lines', ({ format, isFirst, ...chosen }) => ({
    ...answer(new TextEncoder().encode(rowLines(chosen, format, isFirst))),
    contentType: 'text/plain',
  })),
  items_so_far: given('items_so_far', ({ files, from, limit }) =>
    answer(rowsSoFar(files, from, limit).map(listedRow)),
  ),
  item_row: given('item_row', ({ files, index }) => answer(wholeRow(rowOf(files, index)))),
  item_histogram: given('item_histogram', ({ folder, score, bins, label }) =>
    withColumns(folder, (file) => answer(histogramOf(file, score, bins, label))),
  ),
  item_confusion: given('item_confusion', ({ folder }) => answer(readKept(join(folder, confusionName)))),
  item_picture: given('item_picture', async (task, context) => {
    const { png, width, height } = await pictureOfItem(task, context)
    return { ...answer(png, { width, height }), contentType: 'image/png' }
  }),
  item_report: given('item_report', async (task, context) => answer(await reportOfItem(task, context))),
  item_labels: given('item_labels', planesOfItem),
  item_photo: given('item_photo', async (task, context) => ({
    ...answer(await photoOfItem(task, context)),
    contentType: 'image/jpeg',
  })),
  compared_view: given('compared_view', (task) =>
    withBoth(task, (compared) => numbers(worseFirst(compared, task.score))),
  ),
  compared_page: given('compared_page', ({ items, page, score, label, ...folders }) =>
    answer({ items: comparedRows(folders, items, score, label), ...page }),
  ),
  scatter: given('scatter', (task) =>
    withBoth(task, (compared) => answer({ score: task.score, ...scatterOf(compared) })),
  ),
  mistaken_objects: given('mistaken_objects', ({ files }) => answer(mistakenObjectsIn(files))),
  run_report: given('run_report', (task) => {
    writeReport(task)
    return answer({})
  }),
} satisfies Record<keyof ItemTasks, DataPerformer<ScoringContext>>

function withBoth<T>({ a, b, score, label }: ComparedScore, use: (compared: ComparedItems) => T): T {
  return withColumns(a, (fileA) => withColumns(b, (fileB) => use(comparedItems(fileA, fileB, score, label))))
}
