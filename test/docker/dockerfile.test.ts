import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../src/settings/settings.ts'
import { dockerfileText, environmentOf, execForm, only, root, stagesOf } from './dockerfile.ts'

const stages = stagesOf(dockerfileText)
const image = stages.at(-1)!
const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  scripts: { start: string }
}
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')

describe('docker/Dockerfile', () => {
  it('has nothing that a linter minds', () => {
    expect(validate(dockerfileText)).toEqual([])
    expect(validate('FROM a\nUSR b\n')).not.toEqual([])
  })

  it('is built by older builders too', () => {
    const code = dockerfileText.replaceAll(/^ *#.*\n/gm, '')
    expect(code).not.toMatch(/^(RUN|COPY|ADD)\b.*<</m)
    expect(code).not.toMatch(/--(link|mount|chmod|parents|exclude)\b/)
    expect(dockerfileText).not.toMatch(/^# *syntax *=/im)
  })

  it('builds every stage on the base that BASE_IMAGE names', () => {
    expect(dockerfileText).toMatch(/^ARG BASE_IMAGE=node:24-bookworm-slim$/m)
    for (const stage of stages)
      expect(stage.instructions[0].getArgumentsContent()).toMatch(/^\$\{BASE_IMAGE\}( AS \w+)?$/)
  })

  it('copies what is there, from stages that are there, past .dockerignore', () => {
    const copies = stages.flatMap((stage) => stage.copies)
    expect(copies.length).toBeGreaterThan(4)
    for (const { from, sources } of copies) {
      if (from) expect(stages.map(({ name }) => name)).toContain(from)
      else
        for (const source of sources) {
          expect(existsSync(join(root, source)), source).toBe(true)
          expect(ignored, `.dockerignore lets ${source} pass`).toContain(`!${source}`)
        }
    }
    expect(ignored).toContain('*')
  })

  it('installs production dependencies alone, by the lock file', () => {
    const runs = stages[0].instructions.filter((one) => one.getKeyword() === 'RUN')
    expect(runs.map((one) => one.getArgumentsContent()).join()).toMatch(/npm ci --omit=dev/)
    expect(stages[0].copies[0].sources).toContain('package-lock.json')
  })

  it('runs as a number that is not root, in a group that every platform has', () => {
    expect(only(image, 'USER')).toBe('10001:0')
    expect(image.instructions.some((one) => one.getKeyword() === 'RUN')).toBe(false)
  })

  it('starts, stops and is checked without a shell', () => {
    expect(execForm(only(image, 'ENTRYPOINT'))).toEqual(['node', 'src/cli.ts'])
    expect(execForm(only(image, 'CMD'))).toEqual(['serve'])
    expect(execForm(only(image, 'HEALTHCHECK'))).toEqual(['node', 'src/cli.ts', 'healthcheck'])
    expect(only(image, 'STOPSIGNAL')).toBe('SIGTERM')
  })

  it('sets what the settings accept, and listens where a container must', () => {
    const { NODE_ENV, NODE_OPTIONS, MALLOC_ARENA_MAX, ...settings } = environmentOf(image)
    expect({ NODE_ENV, MALLOC_ARENA_MAX }).toEqual({ NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' })
    // As `npm start` does.
    expect(scripts.start).toBe(`node ${NODE_OPTIONS} src/server.ts`)
    expect(loadSettings(settings)).toMatchObject({ host: '0.0.0.0', port: 8080 })
    expect(only(image, 'EXPOSE')).toBe('8080')
  })

  it('is labelled with the version of the package', () => {
    expect(dockerfileText).toContain(`ARG VERSION=${version}\n`)
    for (const label of ['title', 'description', 'licenses', 'version', 'revision'])
      expect(only(image, 'LABEL')).toContain(`org.opencontainers.image.${label}=`)
  })
})
