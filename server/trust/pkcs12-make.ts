import { type Bytes, concat } from '../formats/bytes.ts'
import { TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { sha256 } from '../formats/sha256.ts'
import { hashIdentifier } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { BAG, hmacOf } from './pkcs12.ts'
import { PKCS12, pbkdf2, pkcs12Key } from './pkcs12-crypto.ts'

/**
 * Makes a key file: PBES2 with AES-256 and PBKDF2, a SHA-256 MAC. Opens in openssl and in ours.
 * @source RFC 7292; RFC 8018
 */
export interface KeyFileParts {
  readonly entries: readonly {
    /** `sign` or `encrypt` in the platform's own files. */
    readonly friendlyName: string
    /** PKCS#8, in the clear. */
    readonly pkcs8: Uint8Array
    readonly certificate: Certificate
  }[]
  /** Certificates above them. */
  readonly chain: readonly Certificate[]
  readonly password: string
  /** For the keys, the certificates and the MAC alike: the weakest one is the one attacked. */
  readonly iterations?: number
}

const DEFAULT_ITERATIONS = 100_000

async function encrypted(
  plain: Uint8Array,
  password: string,
  iterations: number,
): Promise<[algorithm: Uint8Array, body: Uint8Array]> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const raw = await pbkdf2('SHA-256', password, salt, iterations, 32)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt'])
  const aes = { name: 'AES-CBC', iv }
  const body = new Uint8Array(await crypto.subtle.encrypt(aes, key, plain as Bytes))
  const prf = write.sequence(write.oid(PKCS12.hmacSha256), write.nullValue())
  const derivation = write.sequence(write.octetString(salt), write.integer(iterations), prf)
  const algorithm = write.sequence(
    write.oid(PKCS12.pbes2),
    write.sequence(
      write.sequence(write.oid(PKCS12.pbkdf2), derivation),
      write.sequence(write.oid(PKCS12.aes256Cbc), write.octetString(iv)),
    ),
  )
  return [algorithm, body]
}

function attributes(friendlyName: string, localKeyId: Uint8Array): Uint8Array {
  const name = new Uint8Array(friendlyName.length * 2)
  for (let i = 0; i < friendlyName.length; i++) {
    name[i * 2] = friendlyName.charCodeAt(i) >> 8
    name[i * 2 + 1] = friendlyName.charCodeAt(i) & 0xff
  }
  const attribute = (oid: string, value: Uint8Array) =>
    write.sequence(write.oid(oid), write.tlv(TAG.set, value))
  return write.setOf(
    attribute(BAG.friendlyName, write.tlv(TAG.bmpString, name)),
    attribute(BAG.localKeyId, write.octetString(localKeyId)),
  )
}

function certificateBag(certificate: Certificate, attributeSet?: Uint8Array): Uint8Array {
  const value = write.sequence(
    write.oid(BAG.x509),
    write.explicit(0, write.octetString(certificate.der)),
  )
  const extra = attributeSet ? [attributeSet] : []
  return write.sequence(write.oid(BAG.certificate), write.explicit(0, value), ...extra)
}

/** Makes the file. */
export async function makePkcs12(parts: KeyFileParts): Promise<Uint8Array> {
  const { password, iterations = DEFAULT_ITERATIONS } = parts
  const keyBags: Uint8Array[] = []
  const certificateBags: Uint8Array[] = []
  for (const { friendlyName, pkcs8, certificate } of parts.entries) {
    const names = attributes(friendlyName, sha256(certificate.der).subarray(0, 20))
    const [algorithm, body] = await encrypted(pkcs8, password, iterations)
    const shrouded = write.sequence(algorithm, write.octetString(body))
    keyBags.push(write.sequence(write.oid(BAG.shroudedKey), write.explicit(0, shrouded), names))
    certificateBags.push(certificateBag(certificate, names))
  }
  certificateBags.push(...parts.chain.map((c) => certificateBag(c)))
  const [algorithm, body] = await encrypted(
    write.sequence(...certificateBags),
    password,
    iterations,
  )
  const content = write.sequence(write.oid(BAG.data), algorithm, write.tlv(0x80, body))
  const certificates = write.sequence(
    write.oid(BAG.encryptedData),
    write.explicit(0, write.sequence(write.integer(0), content)),
  )
  const data = (bytes: Uint8Array) =>
    write.sequence(write.oid(BAG.data), write.explicit(0, write.octetString(bytes)))
  const safe = write.sequence(certificates, data(write.sequence(...keyBags)))
  return write.sequence(write.integer(3), data(safe), macOf(safe, password, iterations))
}

function macOf(safe: Uint8Array, password: string, iterations: number): Uint8Array {
  const salt = concat(crypto.getRandomValues(new Uint8Array(16)))
  const key = pkcs12Key('SHA-256', password, salt, iterations, 3, 32)
  const info = write.sequence(
    hashIdentifier('SHA-256'),
    write.octetString(hmacOf('SHA-256', key, safe)),
  )
  return write.sequence(info, write.octetString(salt), write.integer(iterations))
}
