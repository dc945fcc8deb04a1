import fastifyPlugin from 'fastify-plugin'
import { sendProblem } from './problem-json.ts'

/** Unknown addresses are NOT_FOUND; known ones asked by another method are METHOD_NOT_ALLOWED with `Allow`. */
export const notFound = fastifyPlugin(async (app) => {
  const methodsByUrl = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    // CORS preflights are answered at every address, also where there is no route.
    if (url === '*') return
    const methods = methodsByUrl.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    methodsByUrl.set(url, methods)
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]
    const allowed = new Set<string>()
    for (const [url, methods] of methodsByUrl)
      if (matches(url, path)) for (const method of methods) allowed.add(method)
    // A folder of static files takes the method, but has no such file.
    if (allowed.size === 0 || allowed.has(request.method))
      return sendProblem(reply, request, 'NOT_FOUND', 'There is nothing at this address.')
    reply.header('allow', [...allowed].join(', '))
    return sendProblem(reply, request, 'METHOD_NOT_ALLOWED', `This address takes ${[...allowed].join(', ')}.`)
  })
})

/** Whether a path is one of a route: `:name` stands for one segment, `*` for the rest. */
function matches(url: string, path: string): boolean {
  const [route, segments] = [url.split('/'), path.split('/')]
  const rest = route.indexOf('*')
  if (rest === -1 && route.length !== segments.length) return false
  return route
    .slice(0, rest === -1 ? undefined : rest)
    .every((segment, i) => segment.startsWith(':') || segment === segments[i])
}
