import { cpus, loadavg, totalmem } from 'node:os'
import sharp from 'sharp'
import { peerVersions } from './service/commands.ts'

/** What the figures of a run were made on and with. */
export function machine(): string {
  const [cpu] = cpus()
  return [
    `${cpu?.model.trim()}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(0)} GB, load ${loadavg()[0].toFixed(1)}`,
    `Node ${process.versions.node}, sharp ${sharp.versions.sharp} (libvips ${sharp.versions.vips})`,
    peerVersions(),
  ].join('\n')
}
