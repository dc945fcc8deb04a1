import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'

export const lockName = 'run.lock'

/** Who holds a lock. A process is known by its number and start, as long as the machine has not been started anew. */
interface Holder {
  readonly pid: number
  readonly boot_id: string
  readonly started: string
}

/**
 * Takes the lock of a folder; the lock of a process that is no more is taken over.
 * @return gives it back
 * @throws Refusal RESULTS_IN_USE while a living process of this machine holds it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockName)
  const own = join(folder, `${lockName}.${process.pid}`)
  const holder: Holder = { pid: process.pid, boot_id: bootId(), started: startOf(process.pid) }
  writeFileSync(own, JSON.stringify(holder))
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
function parsed(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return undefined
  }
}

function isAlive({ pid, boot_id, started }: Holder): boolean {
  if (boot_id !== bootId()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return startOf(pid) === started
}

/** Changes with every start of the machine; empty where the system does not tell. */
const bootId = (): string => systemText('/proc/sys/kernel/random/boot_id').trim()

/** When a process started, in ticks since the start of the machine: another process of its number has another; empty where unknown. */
const startOf = (pid: number): string =>
  systemText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? ''

function systemText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
