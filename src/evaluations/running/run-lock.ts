import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { isAlive, isSeen, ownIdentity, type ProcessIdentity } from '../process-identity.ts'

export const lockName = 'run.lock'

/** A held lock. */
export interface FolderLock {
  /** Says that the holder lives, to those who cannot see its process. */
  touch(): void
  release(): void
}

interface LockOptions {
  /** Of the lock's file. */
  readonly name?: string
  /**
   * Holders touch the lock: one that cannot be seen, on another machine or in another container, lives when it did so within
   * this time in milliseconds. Without it such a lock is one of before the machine was started anew.
   */
  readonly touchedWithin?: number
}

/**
 * Takes the lock of a folder; the lock of a process that is no more is taken over.
 * @throws Refusal RESULTS_IN_USE while a living process holds it
 */
export function lockFolder(
  folder: string,
  { name = lockName, touchedWithin = 0 }: LockOptions = {},
): FolderLock {
  const path = join(folder, name)
  const own = join(folder, `${name}.${process.pid}`)
  try {
    writeFileSync(own, JSON.stringify(ownIdentity()))
    while (!linked(own, path)) takeOver(folder, path, touchedWithin)
  } finally {
    rmSync(own, { force: true })
  }
  return {
    touch: () => utimesSync(path, new Date(), new Date()),
    release: () => rmSync(path, { force: true }),
  }
}

/** A link appears with its content, or not at all. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's lock out of the way. Two that do so at a time: the later one finds another lock, and puts it back. */
function takeOver(folder: string, path: string, touchedWithin: number): void {
  const text = textOf(path)
  if (text === undefined) return
  const holder = parsed(text)
  if (holder && isHeld(holder, path, touchedWithin))
    throw new Refusal('RESULTS_IN_USE', `Process ${holder.pid} is writing results to ${folder}.`)
  const moved = `${path}.${process.pid}.old`
  if (!renamed(path, moved)) return
  if (textOf(moved) !== text) linked(moved, path)
  rmSync(moved, { force: true })
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A lock that says nothing is nobody's: it appears whole. */
function parsed(text: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(text) as ProcessIdentity
  } catch {
    return undefined
  }
}

function isHeld(holder: ProcessIdentity, path: string, touchedWithin: number): boolean {
  if (isSeen(holder)) return isAlive(holder)
  // Of a file that was just written the time may lie a fraction of a millisecond ahead of the clock.
  if (touchedWithin === 0) return false
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return Date.now() - mtimeMs < touchedWithin
}

/** Whether the holder of a lock can be seen, so that nothing is to be waited for. */
export function isHolderSeen(folder: string, name: string): boolean {
  const text = textOf(join(folder, name))
  const holder = text === undefined ? undefined : parsed(text)
  return holder !== undefined && isSeen(holder)
}
