import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { word } from '../../src/evaluations/items/parameters.ts'
import type { ItemMasks } from '../../src/evaluations/items/scored-again.ts'
import type { RunFiles } from '../../src/evaluations/ports/ports.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { maskRefusals } from '../../src/scoring/contract/call-refusals.ts'
import { askThread } from './ask-thread.ts'
import { type ItemRoute, indexOf, noItem } from './evaluation-items.ts'
import { filesRefusals } from './run-contract.ts'
import { filesOf, itemsOf, type SeenRun } from './run-of.ts'

/** Of calls that read the masks of an item once more. */
export const masksRefusals = [
  ...filesRefusals,
  ...maskRefusals,
  'SOURCE_CHANGED',
  'PREDICTION_MISSING',
  'UNREADABLE_FILE',
  'INPUT_TOO_LARGE',
] as const

const matches = ['names', 'shapes'] as const
export const matchParameter = {
  description:
    'When a pixel agrees: "names" = its labels are equal, "shapes" = its segments are partners in the best one-to-one renaming. Default: "shapes" where labels are objects, else "names"',
  schema: z.enum(matches),
} as const

/**
 * The masks of the item of an address, and the files of its run.
 * @param seen of which run, where it is not that of the address
 * @throws Refusal NOT_FOUND, FORBIDDEN, GONE
 */
export async function masksOf(
  request: FastifyRequest<ItemRoute>,
  reply: FastifyReply,
  seen?: SeenRun,
): Promise<{ masks: ItemMasks; files: RunFiles; row: ItemRow }> {
  const index = indexOf(request)
  const run = seen ?? (await itemsOf(request))
  const files = await filesOf(run)
  const item = await run.evaluations.runs.item(run.owner, run.id, index)
  if (!item) throw noItem(index)
  const { body } = await askThread(request, reply, 'item_row', { files: files.rows, index })
  const row: ItemRow = JSON.parse(Buffer.from(body).toString())
  return { masks: { item, run: { scoring: files.run.scoring }, sha256: row.sha256 }, files, row }
}

/** How labels are matched. @throws Refusal INVALID_OPTIONS */
export const matchIn = ({ query }: FastifyRequest<ItemRoute>, { run }: RunFiles) =>
  word(query, 'match', matches) ?? (run.labels === 'objects' ? 'shapes' : 'names')
