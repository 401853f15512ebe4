/** A public key, read and checked by `readPublicKey` of `keys.ts`. */
export type PublicKey = {
  /** The SubjectPublicKeyInfo as received. */
  readonly spki: Uint8Array
} & (
  | {
      readonly kind: 'rsa'
      readonly modulusBits: number
      readonly exponent: bigint
      readonly key: Uint8Array
    }
  | { readonly kind: 'p256' | 'p384' | 'sm2'; readonly point: Uint8Array }
  | { readonly kind: 'ed25519'; readonly point: Uint8Array }
)
