import { Refusal } from './refusal.ts'

const full = ['ENOSPC', 'EDQUOT']

/** What a disk answers that takes no writing now, as a refusal; undefined for any other error. Nobody's files are to blame. */
export function diskRefusal(error: unknown): Refusal | undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  if (full.includes(code)) return new Refusal('STORAGE_FULL', 'The disk of the service is full.')
  return code === 'EROFS'
    ? new Refusal('STORE_UNAVAILABLE', 'The disk of the service takes no writing.')
    : undefined
}
