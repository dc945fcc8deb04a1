import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { lockName } from './run-lock.ts'

/** More than a file system keeps within a file's own entry. */
const probeBytes = 8192

/**
 * Whether results can be written to a folder, which need not be there yet: tried out, as rights, full disks and file systems
 * that take no files cannot be told from outside. Nothing stays.
 * @throws Refusal RESULTS_UNWRITABLE
 */
export function refuseUnwritable(folder: string): void {
  const place = placeOf(folder)
  writing(folder, () => {
    const probe = mkdtempSync(join(place, `${lockName}.`))
    try {
      writeFileSync(join(probe, 'probe'), Buffer.alloc(probeBytes))
    } finally {
      rmSync(probe, { recursive: true })
    }
  })
}

/**
 * Makes a folder, and those above it that are not there.
 * @throws Refusal RESULTS_UNWRITABLE
 */
export function makeFolder(folder: string): void {
  const place = placeOf(folder)
  const names = relative(place, resolve(folder)).split(sep).filter(Boolean)
  writing(folder, () => {
    // One by one: with `recursive`, Node tries for ever where a file system answers as /proc does.
    let made = place
    for (const name of names) {
      made = join(made, name)
      makeOne(made)
    }
  })
}

/** Another run may have made it meanwhile. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/** The path of a folder that need not be there yet, its links followed. */
export function realFolder(folder: string): string {
  const place = placeOf(folder)
  return join(realpathSync(place), relative(place, resolve(folder)))
}

/** The nearest folder of a path that is there. */
function placeOf(folder: string): string {
  const path = resolve(folder)
  const found = writing(folder, () => statSync(path, { throwIfNoEntry: false }))
  if (found?.isDirectory()) return path
  const isLink = writing(folder, () => lstatSync(path, { throwIfNoEntry: false }))?.isSymbolicLink()
  if (isLink) throw unwritable(folder, `${path} is a link that leads to no folder`)
  if (found) throw unwritable(folder, `${path} is no folder`)
  return placeOf(dirname(path))
}

function writing<T>(folder: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw unwritable(folder, reasons[code] ?? code)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'its disk takes no writing',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOENT: 'its file system takes no files',
  ENOTDIR: 'a part of its path is no folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
}

const unwritable = (folder: string, why: string): Refusal =>
  new Refusal('RESULTS_UNWRITABLE', `Results cannot be written to ${JSON.stringify(folder)}: ${why}.`)
