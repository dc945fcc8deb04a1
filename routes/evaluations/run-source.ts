import type { FastifyRequest } from 'fastify'
import type { RunSource, RunSources } from '../../src/evaluations/ports/ports.ts'
import { sourceUrl } from '../../src/evaluations/sources/https/source-url.ts'
import { rootPath } from '../../src/evaluations/sources/root-path.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { refuseField } from '../../src/problems/refusal.ts'
import type { SpooledPart } from '../../src/receiving/spool-parts.ts'
import type { NamedSource } from './source-schema.ts'

/** A file that came with the call. */
export const uploadedSource = ({ path, filename, name }: SpooledPart): RunSource => ({
  type: 'upload',
  path,
  name: filename || name,
})

/**
 * A source that a caller names, checked: what may not be read is refused before anything is kept.
 * @param pointer of the source in the request
 * @throws Refusal SOURCE_REFUSED
 */
export function namedSource(request: FastifyRequest, source: NamedSource, pointer: string): RunSource {
  const { sourceHosts } = request.server.settings
  if ('url' in source) {
    sourceUrl(source.url, sourceHosts, pointer)
    return { type: 'url', url: source.url }
  }
  const path = rootPath(request.server.dataRoots, callerOf(request), source, pointer)
  return { type: 'path', path, shown: `${source.root}:${source.path}` }
}

/** `street@3` or `street`. @throws Refusal INVALID_OPTIONS */
export function storedDataset(text: string): NonNullable<RunSources['dataset']> {
  const [, name, version] = /^([^@\0]{1,200})(?:@([1-9]\d{0,8}))?$/.exec(text) ?? []
  if (name === undefined)
    throw refuseField('INVALID_OPTIONS', '/dataset', 'A dataset is written as its name, or as name@3.')
  return { name, ...(version !== undefined && { version: Number(version) }) }
}
