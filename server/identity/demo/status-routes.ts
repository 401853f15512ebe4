import path from 'node:path'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { readBody } from '../../kernel/http.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Platform } from '../../platform.ts'
import type { Services } from '../../services.ts'
import {
  makeOcspRefusal,
  makeOcspResponse,
  makeToken,
  makeTokenResponse,
  readOcspRequest,
  readTokenRequest,
  type TokenRequest,
  TrustError,
} from '../../trust/index.ts'
import type { DemoAuthority } from './authority.ts'
import { addRevoked, demoCrls, readRevoked } from './trust-list.ts'

/**
 * The demo authorities at work: lists and answers about revocation, time-stamps, and the way to
 * revoke a demo certificate, so that each refusal can be played. Demo mode alone.
 */
const bytesOf = (call: AppCall, most: number) => readBody(call.http.req.raw, most)

const answer = (bytes: Uint8Array, type: string) =>
  new RawAnswer(
    new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type, 'cache-control': 'no-store' },
    }),
  )

const keysFolder = (platform: Platform) => path.join(platform.folder, 'keys')

async function ocspAnswer(
  platform: Platform,
  authority: DemoAuthority,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const nowMs = Math.floor(platform.store.clock.nowMs() / 1000) * 1000
  const revoked = readRevoked(keysFolder(platform), authority.family)
  const { questions, nonce } = readOcspRequest(bytes)
  return makeOcspResponse({
    responder: authority.issuing,
    signer: authority.signer,
    answers: questions.map(({ certId, serial }) => {
      const found = revoked.find((r) => Buffer.from(r.serial).equals(Buffer.from(serial)))
      return {
        certId,
        status: found ? { revokedAt: found.revokedAt, reason: found.reason } : 'good',
      }
    }),
    producedAt: nowMs,
    thisUpdate: nowMs,
    nextUpdate: nowMs + 600_000,
    nonce,
    embed: false,
  })
}

function tokenRequestOf(bytes: Uint8Array): TokenRequest {
  try {
    return readTokenRequest(bytes)
  } catch (error) {
    if (error instanceof TrustError) throw new ProblemError(error.slug)
    throw error
  }
}

/** Serials of tokens rise for ever, over restarts and processes. */
async function nextTokenSerial(platform: Platform): Promise<bigint> {
  const [{ value }] = await platform.sql`
    insert into work.settings (name, value) values ('tsa-serial', '1')
    on conflict (name) do update set value = (work.settings.value::bigint + 1)::text
    returning value`
  return BigInt(value)
}

export function statusOperations(services: Services): readonly AppOperation[] {
  const authorityOf = (call: AppCall): DemoAuthority => {
    const found = services.demo?.authority(call.params.family)
    if (!found) throw new ProblemError('not-found')
    return found
  }
  return [
    {
      id: 'ca.crl',
      method: 'get',
      path: '/ca/{family}/crl',
      summary: 'The revocation list of a demo authority, made now',
      handle: async (call) => {
        const { platform } = call
        const nowMs = platform.store.clock.nowMs()
        const [issuing] = demoCrls(keysFolder(platform), authorityOf(call), nowMs)
        return answer(await issuing, 'application/pkix-crl')
      },
    },
    {
      id: 'ca.certificate',
      method: 'get',
      path: '/ca/{family}/certificate',
      summary: 'The issuing certificate of a demo authority',
      handle: async (call) => answer(authorityOf(call).issuing.der, 'application/pkix-cert'),
    },
    {
      id: 'ca.ocsp',
      method: 'post',
      path: '/ca/{family}/ocsp',
      summary: 'The answer of a demo authority about a certificate (RFC 6960)',
      open: true,
      raw: true,
      handle: async (call) => {
        const authority = authorityOf(call)
        const asked = await bytesOf(call, 16_384)
        const made = await ocspAnswer(call.platform, authority, asked).catch((error) => {
          if (error instanceof TrustError) return makeOcspRefusal(1)
          throw error
        })
        return answer(made, 'application/ocsp-response')
      },
    },
    {
      id: 'tsa.stamp',
      method: 'post',
      path: '/tsa',
      summary: 'A time-stamp of the demo authority (RFC 3161)',
      open: true,
      raw: true,
      handle: async (call) => {
        if (!services.demo) throw new ProblemError('not-found')
        const { platform } = call
        const stamper = await services.demo.stamper()
        const request = tokenRequestOf(await bytesOf(call, 4096))
        const token = await makeToken({
          request,
          policy: '1.3.6.1.4.1.13762.3',
          serial: await nextTokenSerial(platform),
          genTime: Math.floor(platform.store.clock.nowMs() / 1000) * 1000,
          certificate: stamper.certificate,
          chain: [stamper.issuing],
          signer: stamper.signer,
        })
        return answer(makeTokenResponse(token), 'application/timestamp-reply')
      },
    },
    {
      id: 'demo.revoke',
      method: 'post',
      path: '/api/demo/identities/{identity}/revocation',
      summary: 'Revoke the signing certificate of a demo identity, to see what is refused then',
      open: true,
      handle: async (call) => {
        if (!services.demo) throw new ProblemError('not-found')
        const { platform } = call
        const one = services.demo.get(call.params.identity)
        const { serial, family } = await services.demo.signingCertificate(one)
        const nowMs = Math.floor(platform.store.clock.nowMs() / 1000) * 1000
        await addRevoked(keysFolder(platform), family, serial, nowMs)
        return { identity: one.id, revokedAt: new Date(nowMs).toISOString() }
      },
    },
  ]
}
