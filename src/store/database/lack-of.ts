import { Refusal } from '../../problems/refusal.ts'

interface DatabaseFailure {
  readonly code?: string | undefined
  readonly message: string
}

const diskFull = '53100'
/** Under which a database tells what the system answered it, where it has no code of its own for that. */
const ofSystem = /^(XX000|58030|42501|)$/

/**
 * What a database refuses because it lacks resources: class 53 of its codes (PostgreSQL, appendix A), or a disk that takes no
 * writing. It passes, and no caller is to blame; undefined for anything else.
 */
export function lackOf({ code = '', message }: DatabaseFailure): Refusal | undefined {
  const said = ofSystem.test(code) ? message : ''
  if (code === diskFull || /quota exceeded/i.test(said))
    return new Refusal('STORAGE_FULL', 'The disk of the database of evaluations is full.').advising(
      'Try again later: the operator frees room on the disk of the database, which is in `MASKSCORE_DATA_DIR` unless it is a server.',
    )
  if (/read-only file system/i.test(said))
    return new Refusal('STORE_UNAVAILABLE', 'The disk of the database of evaluations takes no writing.')
  return code.startsWith('53')
    ? new Refusal('STORE_UNAVAILABLE', 'The database of evaluations has no memory or connection left.')
    : undefined
}
