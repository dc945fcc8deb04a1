import { diskRefusal } from '../../problems/disk-refusal.ts'
import { Refusal } from '../../problems/refusal.ts'

const diskFull = '53100'

/**
 * What a database refuses because it lacks resources: class 53 of its codes (PostgreSQL, appendix A). It passes, and no caller is to
 * blame; undefined for any other code.
 */
export function lackOf(code: string): Refusal | undefined {
  if (code === diskFull) return diskRefusal({ code: 'ENOSPC' })
  return code.startsWith('53')
    ? new Refusal('STORE_UNAVAILABLE', 'The database of evaluations has no memory or connection left.')
    : undefined
}
