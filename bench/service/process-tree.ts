import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Milliseconds of a clock tick of /proc (USER_HZ is 100 on every Linux that matters). */
const tickMs = 10

/** The process and all its descendants. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' '))
    .filter((child) => child !== '')
  return [pid, ...children.flatMap((child) => processTree(Number(child)))]
}

/** CPU the tree has used so far, user and system, all threads. */
export function cpuMsOf(pid: number): number {
  return sum(processTree(pid), (member) => {
    const stat = readFileSync(`/proc/${member}/stat`, 'utf8')
    // The name, second field, may hold blanks: count from behind its bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMs
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
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return 1.024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}

function sum(members: readonly number[], of: (member: number) => number): number {
  return members.reduce((total, member) => total + of(member), 0)
}
