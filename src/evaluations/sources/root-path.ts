import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, sep } from 'node:path'
import { refuseField } from '../../problems/refusal.ts'

/** A folder that callers may name, as the operator set it. */
export interface DataRoot {
  readonly name: string
  /** The caller it is for; undefined: everybody. */
  readonly key: string | undefined
  readonly path: string
}

/**
 * Where a path of a root really is. A root of somebody else is as if it did not exist.
 * @param caller name of the caller's key; '' without keys
 * @param pointer of the source in the request
 * @throws Refusal SOURCE_REFUSED
 */
export function rootPath(
  roots: readonly DataRoot[],
  caller: string,
  { root: name, path }: { readonly root: string; readonly path: string },
  pointer: string,
): string {
  const refuse = (why: string) => refuseField('SOURCE_REFUSED', pointer, why)
  const root = roots.find((known) => known.name === name && (known.key === undefined || known.key === caller))
  if (!root) throw refuse(`There is no root ${JSON.stringify(name.slice(0, 64))} for this caller.`)
  const shown = JSON.stringify(path.slice(0, 200))
  if (path.includes('\0') || isAbsolute(path) || path.split('/').includes('..'))
    throw refuse(`The path ${shown} is not one below the root ${name}.`)
  const [folder, found] = [real(root.path), real(join(root.path, path))]
  if (folder === undefined || found === undefined) throw refuse(`The root ${name} has no ${shown}.`)
  if (found !== folder && !found.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    throw refuse(`The path ${shown} leads out of the root ${name}.`)
  const stat = statSync(found)
  if (!stat.isFile() && !stat.isDirectory()) throw refuse(`The path ${shown} is neither a file nor a folder.`)
  return found
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return undefined
  }
}
