import type { Limits } from '../../limits.ts'
import type { RawMask } from '../finish-mask.ts'
import { LabelCollector } from '../label-collector.ts'
import type { ReadSettings } from '../read-options.ts'
import { openVolume } from './open-volume.ts'
import type { VolumeFormat } from './open-voxels.ts'

/** The reader of a format of volumes: all labels of a file, in memory together. */
export const holdVolume =
  (format: VolumeFormat) =>
  async (bytes: Uint8Array, settings: ReadSettings, limits: Limits): Promise<RawMask> => {
    const volume = await openVolume(bytes, format, settings, limits, 'held')
    const { size, isVolume, type, geometry, names } = volume.layout
    const collector = new LabelCollector(size.width * size.height * size.depth)
    for await (const labels of volume.labels()) collector.add(labels)
    return {
      map: { ...size, labels: collector.labels, ...(isVolume && { volume: true as const }) },
      format,
      encoding: volume.encoding,
      bits: 8 * type.bytes,
      warnings: volume.warnings,
      ...(geometry && { geometry }),
      ...(names && { names }),
    }
  }
