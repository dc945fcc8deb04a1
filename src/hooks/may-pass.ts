import { problems } from '../problems/catalogue.ts'

/** Whether the same work may succeed later: a tool or a worker was not there, or had no time. No fault of the event. */
export function mayPass(code: string | undefined): boolean {
  const known: Readonly<Record<string, { readonly status: number }>> = problems
  return code !== undefined && Object.hasOwn(known, code) && known[code].status > 500
}
