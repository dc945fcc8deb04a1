import { delimiter, join } from 'node:path'

/**
 * The variables of somebody who has just come: the machine's own Node and not the one of this checkout, no settings of
 * maskscore, nothing of the npm that runs the benchmark, and caches of npm and pip in a folder of their own.
 */
export function newcomerEnvironment(folder: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !/^(npm_|MASKSCORE_|NODE_|VIRTUAL_ENV|PYTHON|INIT_CWD)/i.test(name),
  ) as [string, string][]
  const paths = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'))
  return {
    ...Object.fromEntries(kept),
    PATH: paths.join(delimiter),
    npm_config_cache: join(folder, 'npm-cache'),
    PIP_CACHE_DIR: join(folder, 'pip-cache'),
  }
}
