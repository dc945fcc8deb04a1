import { hash } from 'node:crypto'
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, ownIdentity, type ProcessIdentity } from '../process-identity.ts'

/**
 * A new folder among the temporary files, which its owner removes. Those of owners that were killed are removed first: the
 * name says whose a folder is. One that another machine, another container or another user may own stays.
 */
export function temporaryFolder(): string {
  removeLeftovers()
  const { pid, started, boot_id } = ownIdentity()
  return mkdtempSync(join(tmpdir(), `${prefix}${place()}-${pid}-${started}-${boot_id}-`))
}

const prefix = 'maskscore-run-'
const named = new RegExp(`^${prefix}([0-9a-f]{8})-(\\d+)-(\\d*)-([0-9a-f-]*)-\\w{6}$`)

function removeLeftovers(): void {
  const own = place()
  for (const name of readdirSync(tmpdir())) {
    const [, at, pid, started = '', boot_id = ''] = named.exec(name) ?? []
    if (at !== own) continue
    const owner: ProcessIdentity = { pid: Number(pid), started, boot_id }
    const path = join(tmpdir(), name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() && found.uid === process.getuid?.() && !isAlive(owner))
      rmSync(path, { recursive: true, force: true })
  }
}

/** Where the numbers of processes are those that are seen here: a machine, or a container. */
function place(): string {
  return hash('sha256', `${hostname()} ${namespace()}`).slice(0, 8)
}

function namespace(): string {
  return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
}
