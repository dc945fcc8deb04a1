import { createHash } from 'node:crypto'
import type { ItemQuery } from './item-query.ts'
import { wrong } from './parameters.ts'

/** Where the next page of a list of items begins. It holds for the run and the query that it was given for, and for good. */
export function cursorOf(run: string, query: ItemQuery, position: number): string {
  return Buffer.from(JSON.stringify({ list: listOf(run, query), position })).toString('base64url')
}

/** @throws Refusal INVALID_OPTIONS for one of another run or query, and for what is no cursor */
export function positionOf(cursor: string, run: string, query: ItemQuery): number {
  const { list, position } = contentOf(cursor)
  if (list !== listOf(run, query))
    throw wrong('cursor', 'belongs to another run, or to other filters or another order')
  return position
}

function contentOf(cursor: string): { list: unknown; position: number } {
  try {
    const { list, position } = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Number.isSafeInteger(position) && position >= 0) return { list, position }
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error
  }
  throw wrong('cursor', 'is none that was answered as `next`')
}

const listOf = (run: string, query: ItemQuery): string =>
  createHash('sha256')
    .update(JSON.stringify([run, query]))
    .digest('base64url')
    .slice(0, 22)
