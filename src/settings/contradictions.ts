import { parseDataRoot } from './data-root.ts'
import { asSize } from './in-units.ts'
import { idleMemory } from './memory-bound.ts'
import { environmentName, type SettingKey, type Settings } from './schema.ts'

/** Settings of which each can be what it is, but not all together; each mistake names a variable. */
export function contradictions(settings: Settings): string[] {
  const mistakes: string[] = []
  const complain = (key: SettingKey, what: string) => mistakes.push(`${environmentName(key)}: ${what}`)
  const atLeast = (
    larger: 'maxRequestBytes' | 'maxBufferedBytes' | 'gracePeriod',
    smaller: 'maxFileBytes' | 'maxRequestBytes' | 'requestTimeout',
    why = '',
  ) => {
    if (settings[larger] < settings[smaller])
      complain(larger, `is less than ${environmentName(smaller)}${why}`)
  }
  atLeast('maxRequestBytes', 'maxFileBytes')
  atLeast('maxBufferedBytes', 'maxRequestBytes')
  atLeast('gracePeriod', 'requestTimeout', ': a stop would cut requests that are in work')
  const idle = idleMemory(settings)
  if (settings.maxMemory > 0 && settings.maxMemory < idle)
    complain(
      'maxMemory',
      `is less than the service holds when idle, about ${asSize(idle)}: nothing would be scored`,
    )
  const { telemetryHost, telemetryPort, port } = settings
  if (telemetryHost !== undefined && telemetryPort === undefined)
    complain('telemetryHost', `needs ${environmentName('telemetryPort')}`)
  if (telemetryPort === port && port !== 0 && telemetryHost === undefined)
    complain('telemetryPort', `is the same as ${environmentName('port')}`)
  if (!settings.labelStudioBasicUser !== !settings.labelStudioBasicPassword)
    complain('labelStudioBasicPassword', 'user and password are given together')
  for (const [url, token] of [
    ['labelStudioUrl', 'labelStudioToken'],
    ['cvatUrl', 'cvatToken'],
  ] as const)
    if (settings[token] !== undefined && holdsCredentials(settings[url]))
      complain(
        url,
        `holds a user or password beside ${environmentName(token)}: a request can carry one of them`,
      )
  mistakes.push(...rootMistakes(settings))
  return mistakes
}

/** A root of a key that nobody has would be closed for ever, and one of two with the same name out of reach. */
function rootMistakes({ dataRoots, keys }: Settings): string[] {
  const roots = dataRoots.map(parseDataRoot)
  const unknown = roots.find(({ key }) => key !== undefined && !Object.hasOwn(keys, key))
  const twice = roots.find(({ name }, at) => roots.findIndex((other) => other.name === name) < at)
  return [
    ...(unknown ? [`the root ${unknown.name} is for the key ${unknown.key}, which is not there`] : []),
    ...(twice ? [`the name ${twice.name} is given twice`] : []),
  ].map((mistake) => `${environmentName('dataRoots')}: ${mistake}`)
}

const holdsCredentials = (url: string | undefined): boolean => {
  const { username, password } = new URL(url ?? 'http://none')
  return username !== '' || password !== ''
}
