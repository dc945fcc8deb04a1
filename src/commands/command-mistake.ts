import { visible } from '../evaluations/reports/escape.ts'
import { nearestKey } from '../json/nearest-key.ts'
import type { ProblemCode } from '../problems/catalogue.ts'
import { Refusal } from '../problems/refusal.ts'
import { SettingsError } from '../settings/settings.ts'
import type { Command } from './command.ts'
import { commandRemedy } from './command-remedy.ts'

/** What the system answers of a file or folder, as a refusal. */
const files: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ENOENT: ['NOT_FOUND', 'there is no such file'],
  EISDIR: ['UNREADABLE_FILE', 'this is a folder'],
  EACCES: ['UNREADABLE_FILE', 'the file may not be read or written'],
  EPERM: ['UNREADABLE_FILE', 'the file may not be read or written'],
  ENOTDIR: ['UNREADABLE_FILE', 'this is no folder, or a part of its path is none'],
  ELOOP: ['UNREADABLE_FILE', 'its links lead in a circle'],
  ENAMETOOLONG: ['UNREADABLE_FILE', 'the name is too long'],
  EIO: ['UNREADABLE_FILE', 'the disk fails'],
  EEXIST: ['RESULTS_UNWRITABLE', 'there is something else of this name'],
  EROFS: ['RESULTS_UNWRITABLE', 'the disk takes no writing'],
  ENOSPC: ['RESULTS_UNWRITABLE', 'the disk is full'],
  EDQUOT: ['RESULTS_UNWRITABLE', 'the disk is full'],
  EFBIG: ['RESULTS_UNWRITABLE', 'the file grew too large'],
}

/** What the user did wrong (a bad argument, a file that is not there); undefined for a fault of ours. */
export function mistakeOf(error: unknown, name: string, command: Command): string | undefined {
  if (error instanceof Refusal) {
    const { code, message, remedy } = error
    return `${code}: ${visible(message)}\nRemedy: ${visible(commandRemedy(code, remedy, name))}`
  }
  const { code = '', message, path } = error as NodeJS.ErrnoException
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return unknownFlag(message, command)
  if (error instanceof SettingsError || code.startsWith('ERR_PARSE_ARGS')) return message
  if (!Object.hasOwn(files, code)) return undefined
  const [problem, said] = files[code]
  return `${problem}: ${visible(path || message)}: ${said}`
}

/** Node's message begins with the flag in quotes; the rest of it tells how to pass on what looks like a flag. */
function unknownFlag(message: string, { usage, details = '' }: Command): string {
  const typed = /'(-[^']*)'/.exec(message)?.[1] ?? ''
  const known = [...new Set(`${usage}\n${details}`.match(/--[a-z][a-z-]*/g))]
  const nearest = nearestKey(typed, known)
  const hint = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`
  return `unknown flag ${visible(typed)}; ${known.length === 0 ? 'there are none' : hint}`
}
