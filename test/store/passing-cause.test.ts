import { expect, it } from 'vitest'
import { lackOf } from '../../src/store/database/lack-of.ts'
import { passingCause } from '../../src/store/queue/passing-cause.ts'

it.each([
  ['ENOSPC', 'STORAGE_FULL'],
  ['EDQUOT', 'STORAGE_FULL'],
  ['EROFS', 'STORE_UNAVAILABLE'],
  ['EACCES', undefined],
])('a run that cannot write because of %s waits where that passes', (code, cause) => {
  expect(passingCause(Object.assign(new Error(code), { code }))?.code).toBe(cause)
})

it.each([
  ['53100', 'could not extend file: No space left on device', 'STORAGE_FULL'],
  ['XX000', 'could not extend file "base/1/2": Disk quota exceeded', 'STORAGE_FULL'],
  ['42501', 'could not open file "base/1/2": Read-only file system', 'STORE_UNAVAILABLE'],
  ['53300', 'too many clients already', 'STORE_UNAVAILABLE'],
  // Texts of callers stand in messages, too.
  ['22P02', 'invalid input syntax for type uuid: "quota exceeded"', undefined],
  ['42501', 'permission denied for table run', undefined],
])('a database that answers %s (%s) lacks %s', (code, message, lack) => {
  const told = lackOf({ code, message })
  expect(told?.code).toBe(lack)
  if (told) expect(passingCause(told)).toBe(told)
})
