import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Milliseconds of a clock tick of /proc (USER_HZ is 100 on every Linux that matters). */
const tickMs = 10

/** The process and all its descendants. */
export function processTree(pid: number): number[] {
  const children = (whileThere(() => readdirSync(`/proc/${pid}/task`)) ?? [])
    .flatMap((thread) => (read(pid, `task/${thread}/children`) ?? '').trim().split(' '))
    .filter((child) => child !== '')
  return [pid, ...children.flatMap((child) => processTree(Number(child)))]
}

/** CPU the tree has used so far, user and system, all threads, and that of descendants which have ended. */
export function cpuMsOf(pid: number): number {
  return sum(processTree(pid), (member) => {
    const stat = read(member, 'stat')
    if (stat === undefined) return 0
    // The name, second field, may hold blanks: count from behind its bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) * tickMs
  })
}

/** Most resident memory since the last `forgetPeak`, in MB; the members' peaks are added up. */
export function peakMbOf(pid: number): number {
  return sum(processTree(pid), (member) => statusKb(member, 'VmHWM')) / 1000
}

/** Resident memory now, in MB. */
export function residentMbOf(pid: number): number {
  return sum(processTree(pid), (member) => statusKb(member, 'VmRSS')) / 1000
}

/** Lets the peak start again from what is resident now. */
export function forgetPeak(pid: number): void {
  for (const member of processTree(pid)) writeFileSync(`/proc/${member}/clear_refs`, '5')
}

function statusKb(pid: number, field: string): number {
  const status = read(pid, 'status') ?? ''
  return 1.024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}

function sum(members: readonly number[], of: (member: number) => number): number {
  return members.reduce((total, member) => total + of(member), 0)
}

/** A file of a process; undefined where it has ended, as the processes of PostgreSQL do at any time. */
const read = (pid: number, file: string) => whileThere(() => readFileSync(`/proc/${pid}/${file}`, 'utf8'))

function whileThere<T>(reading: () => T): T | undefined {
  try {
    return reading()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}
