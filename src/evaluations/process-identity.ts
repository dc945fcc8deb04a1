import { readFileSync, readlinkSync } from 'node:fs'

/** A process is known by its number and start, as long as the machine has not been started anew. */
export interface ProcessIdentity {
  readonly pid: number
  /** Changes with every start of the machine; empty where the system does not tell. */
  readonly boot_id: string
  /** In ticks since the start of the machine; empty where the system does not tell. */
  readonly started: string
  /** Of process numbers, which is another one in another container; absent where the system does not tell. */
  readonly namespace?: string
}

export const ownIdentity = (): ProcessIdentity => ({
  pid: process.pid,
  boot_id: bootId(),
  started: startOf(process.pid),
  ...namespace(),
})

/** Whether this process would be found under its number if it ran: it is of this machine, since its start, and of no other container. */
export const isSeen = ({ boot_id, namespace: ofProcess }: ProcessIdentity): boolean =>
  boot_id === bootId() && (ofProcess === undefined || ofProcess === namespace().namespace)

/** Whether this process of this machine still runs. */
export function isAlive({ pid, boot_id, started }: ProcessIdentity): boolean {
  if (boot_id !== bootId()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return startOf(pid) === started
}

const bootId = (): string => systemText('/proc/sys/kernel/random/boot_id').trim()

/** Another process of the same number has another start. */
const startOf = (pid: number): string =>
  systemText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? ''

function namespace(): Pick<ProcessIdentity, 'namespace'> {
  try {
    return { namespace: readlinkSync('/proc/self/ns/pid') }
  } catch {
    return {}
  }
}

function systemText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
