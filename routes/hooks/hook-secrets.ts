import type { FastifyReply, FastifyRequest } from 'fastify'
import { basicOf, bearerOf, sameSecret } from '../../src/hooks/secrets.ts'
import { Refusal } from '../../src/problems/refusal.ts'

/** Says at the start, before a body is read, that a hook is closed until its secret is set. */
export const notConfigured = (...names: readonly string[]) =>
  new Refusal(
    'FORBIDDEN',
    `This hook is closed: set ${names.map((name) => `MASKSCORE_${name}`).join(' and ')}, and give the tool the same.`,
  )

/** `Authorization: Bearer <hook secret>`: a secret of its own, not one of the service's keys. */
export async function requireLabelStudioSecret({ server, headers }: FastifyRequest): Promise<void> {
  const { labelStudioHookSecret: secret } = server.settings
  if (!secret) throw notConfigured('LABEL_STUDIO_HOOK_SECRET')
  const given = bearerOf(headers.authorization)
  if (given === undefined)
    throw new Refusal('UNAUTHENTICATED', 'The webhook has no header `Authorization: Bearer <secret>`.')
  if (!sameSecret(given, secret))
    throw new Refusal('FORBIDDEN', 'The secret of the webhook is not the one set here.')
}

/** HTTP Basic, the one way in which Label Studio authenticates to an ML backend. */
export async function requireBasic({ server, headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { labelStudioBasicUser: user, labelStudioBasicPassword: password } = server.settings
  if (!user || !password) throw notConfigured('LABEL_STUDIO_BASIC_USER', 'LABEL_STUDIO_BASIC_PASSWORD')
  const given = basicOf(headers.authorization)
  if (given !== undefined && sameSecret(given, `${user}:${password}`)) return
  reply.header('www-authenticate', 'Basic realm="maskscore", charset="UTF-8"')
  throw new Refusal(
    'UNAUTHENTICATED',
    given === undefined ? 'The request has no HTTP Basic credentials.' : 'User or password is wrong.',
  )
}
