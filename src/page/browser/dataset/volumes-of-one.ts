import { type DatasetSource, isVolume } from './dataset-source.ts'

/** Two volumes are a dataset of one item: each becomes a folder that holds it, by one name, so that they belong together. */
export function volumesOfOne(sources: readonly DatasetSource[]): readonly DatasetSource[] {
  const volumes = sources.filter(({ kind, name }) => kind === 'file' && isVolume(name))
  if (volumes.length === 0 || volumes.length > 2) return sources
  return sources.map((source): DatasetSource => {
    if (source.kind !== 'file' || !isVolume(source.name)) return source
    const [, ending] = /(\.nii\.gz|\.[^.]+)$/i.exec(source.name) ?? ['', '']
    return {
      kind: 'folder',
      name: source.name,
      files: [{ path: `volume${ending}`, file: source.file }],
      unreadable: [],
    }
  })
}
