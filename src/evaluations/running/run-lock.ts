import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { isAlive, ownIdentity, type ProcessIdentity } from '../process-identity.ts'

export const lockName = 'run.lock'

/**
 * Takes the lock of a folder; the lock of a process that is no more is taken over.
 * @return gives it back
 * @throws Refusal RESULTS_IN_USE while a living process of this machine holds it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockName)
  const own = join(folder, `${lockName}.${process.pid}`)
  writeFileSync(own, JSON.stringify(ownIdentity()))
  try {
    while (!linked(own, path)) takeOver(folder, path)
  } finally {
    rmSync(own, { force: true })
  }
  return () => rmSync(path, { force: true })
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
function takeOver(folder: string, path: string): void {
  const text = textOf(path)
  if (text === undefined) return
  const holder = parsed(text)
  if (holder && isAlive(holder))
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
