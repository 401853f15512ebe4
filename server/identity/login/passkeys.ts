import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { parseJson } from '../../formats/json.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import type { Passkey } from '../party/decider.ts'

/**
 * Passkeys: ceremonies of the web's authentication, for this origin and no other. The user must be
 * verified by the device, and nothing may come from within another site's frame.
 * @source W3C Web Authentication Level 3 §7.1, 7.2
 */
const algorithms = [-7, -257, -8] // ES256, RS256, EdDSA

/** The relying party's id: the host of the origin, never its port. */
export const relyingParty = (platform: Platform): string => new URL(platform.origin).hostname

/** What a device needs to make a passkey for a member; known ones are not made twice. */
export async function registrationOptions(
  platform: Platform,
  viewer: Viewer,
  known: readonly string[],
) {
  return generateRegistrationOptions({
    rpName: '阳光公共资源交易平台',
    rpID: relyingParty(platform),
    userName: `${viewer.personName} · ${viewer.partyName}`,
    userDisplayName: viewer.personName,
    userID: new TextEncoder().encode(viewer.person),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What a device needs to find its own passkey: no account is named beforehand. */
export async function authenticationOptions(platform: Platform) {
  return generateAuthenticationOptions({
    rpID: relyingParty(platform),
    userVerification: 'required',
    allowCredentials: [],
  })
}

/** The challenge that an answer was made for. @throws ProblemError `passkey-invalid` */
export function challengeOf(clientDataJSON: string): string {
  const { challenge } = clientData(clientDataJSON)
  if (typeof challenge !== 'string') throw new ProblemError('passkey-invalid')
  return challenge
}

function clientData(text: string): Record<string, unknown> {
  const parsed = parseJson(Buffer.from(text, 'base64url'), { maxBytes: 16_384, normalize: false })
  if (parsed.problem !== undefined || parsed.value === null || typeof parsed.value !== 'object')
    throw new ProblemError('passkey-invalid')
  return parsed.value as Record<string, unknown>
}

/** @throws ProblemError `passkey-cross-origin` */
function refuseFrames(text: string): void {
  const { crossOrigin, topOrigin } = clientData(text)
  if (crossOrigin === true || topOrigin !== undefined)
    throw new ProblemError('passkey-cross-origin')
}

/**
 * Checks a new passkey.
 * @param challenge the one given out, used up by the caller
 * @throws ProblemError `passkey-cross-origin`, `passkey-invalid`
 */
export async function verifyNewPasskey(
  origin: string,
  response: RegistrationResponseJSON,
  challenge: string,
): Promise<Omit<Passkey, 'person'>> {
  refuseFrames(response.response.clientDataJSON)
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null)
  if (!result?.verified) throw new ProblemError('passkey-invalid')
  const { credential } = result.registrationInfo
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: response.response.transports ?? [],
  }
}

/**
 * Checks a log-in by a known passkey.
 * @param counter the last count that the device gave
 * @returns the new count
 * @throws ProblemError `passkey-cross-origin`, `passkey-copied`, `passkey-invalid`
 */
export async function verifyPasskey(
  origin: string,
  response: AuthenticationResponseJSON,
  challenge: string,
  passkey: Pick<Passkey, 'id' | 'publicKey'>,
  counter: number,
): Promise<number> {
  refuseFrames(response.response.clientDataJSON)
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      // The count is judged below: the library throws on it without a name.
      counter: 0,
    },
  }).catch(() => null)
  if (!result?.verified) throw new ProblemError('passkey-invalid')
  const { newCounter } = result.authenticationInfo
  if ((newCounter > 0 || counter > 0) && newCounter <= counter)
    throw new ProblemError('passkey-copied')
  return newCounter
}
