import { Refusal } from '../../../problems/refusal.ts'

/** Longer paths exist on no system. */
const maxNameLength = 4096

/**
 * The path of an archive's entry, without `./` before it. It never becomes a path of this machine; a name that leads out of
 * the archive all the same is no accident, and so is one that other programs would read in another way.
 * @throws Refusal UNSAFE_ARCHIVE
 */
export function entryName(name: string): string {
  const refuse = (why: string) =>
    new Refusal('UNSAFE_ARCHIVE', `The archive's entry ${JSON.stringify(name.slice(0, 200))} ${why}.`)
  if (name.length > maxNameLength) throw refuse(`has a name of ${name.length} characters`)
  if (name.includes('\0')) throw refuse('has a NUL in its name')
  const parts = name.split(/[/\\]/)
  if (parts.includes('..')) throw refuse('leads out of the archive')
  if (parts[0] === '' || /^[a-zA-Z]:/.test(name)) throw refuse('has an absolute path')
  return parts.filter((part) => part !== '.' && part !== '').join('/')
}
