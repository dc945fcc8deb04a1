import type { Outcome } from '../../src/tasks/task.ts'

/** What a worker for tests answers: JSON of what it was meant to tell. */
export const telling = (told: unknown): Outcome => ({
  ok: true,
  contentType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify(told)),
  etag: '""',
  times: { decode: 0, count: 0, metrics: 0, serialise: 0 },
  facts: {},
})

/** What it told. */
export function told(outcome: Outcome): unknown {
  if (!outcome.ok) throw new Error(outcome.detail)
  return JSON.parse(new TextDecoder().decode(outcome.body))
}
